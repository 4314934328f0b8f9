using System.CommandLine;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline prune</c>: removes what Faultline keeps with the container engine, found by label.</summary>
internal static class PruneCommand
{
    private static readonly Option<bool> ContainersOnly = new("--containers")
    {
        Description = "only containers left by a killed run; keep volumes (sources, objects, ccache) and images",
    };

    public static Command Create()
    {
        var command = new Command("prune", "remove Faultline's containers, volumes and images from the engine; artifacts stay")
        {
            ContainersOnly, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With("faultline prune", "faultline prune --containers", "faultline prune --json | jq .imageBytes");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var engine = await ContainerEngine.ConnectAsync(cancellation);
        var removed = await engine.PruneAsync(parsed.GetValue(ContainersOnly), cancellation);
        if (parsed.GetValue(CommonOptions.Json))
            Console.Out.Write(JsonResults.Of(removed));
        else
            Print(removed);
        return ExitCodes.Ok;
    }

    private static void Print(PruneResult removed)
    {
        foreach (var name in removed.Containers)
            Consoles.Out.WriteLine($"container {name}");
        foreach (var name in removed.Volumes)
            Consoles.Out.WriteLine($"volume    {name}");
        foreach (var name in removed.Images)
            Consoles.Out.WriteLine($"image     {name}");
        foreach (var name in removed.VolumesInUse)
            Consoles.Out.WriteLine($"in use    {name}: a run works in this volume, so it stays, and so do all images; prune again when the run has ended");
        Consoles.Out.WriteLine(
            $"removed {removed.Containers.Count} containers, {removed.Volumes.Count} volumes, {removed.Images.Count} images ({removed.ImageBytes / 1e6:0} MB of images)");
    }
}
