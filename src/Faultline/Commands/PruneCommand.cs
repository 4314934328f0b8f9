using System.CommandLine;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;
using Spectre.Console;

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
            ContainersOnly,
        };
        command.SetAction(RunAsync);
        return command.With("faultline prune", "faultline prune --containers");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var engine = await ContainerEngine.ConnectAsync(cancellation);
        var removed = await engine.PruneAsync(parsed.GetValue(ContainersOnly), cancellation);
        foreach (var name in removed.Containers)
            Consoles.Out.WriteLine($"container {name}");
        foreach (var name in removed.Volumes)
            Consoles.Out.WriteLine($"volume    {name}");
        foreach (var name in removed.Images)
            Consoles.Out.WriteLine($"image     {name}");
        Consoles.Out.WriteLine(
            $"removed {removed.Containers.Count} containers, {removed.Volumes.Count} volumes, {removed.Images.Count} images ({removed.ImageBytes / 1e6:0} MB of images)");
        return ExitCodes.Ok;
    }
}
