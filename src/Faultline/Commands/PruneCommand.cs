using System.CommandLine;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline prune</c>: removes what Faultline keeps with the container engine, and on demand the kept earlier reports.</summary>
internal static class PruneCommand
{
    private static readonly Option<bool> ContainersOnly = new("--containers")
    {
        Description = "only containers left by a killed run; keep volumes (sources, objects, ccache) and images",
    };

    private static readonly Option<bool> Stale = new("--stale")
    {
        Description = "only volumes that nobody will use again: of kernel trees that are gone, and of killed benchmarks",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "list what would go, volumes with their size and what they were made for; remove nothing",
    };

    private static readonly Option<bool> Reports = new("--reports")
    {
        Description = "only the earlier reports that the checkout keeps in artifacts/reports; the newest ones stay",
    };

    public static Command Create()
    {
        var command = new Command("prune", "remove Faultline's containers, volumes and images from the engine; artifacts stay")
        {
            ContainersOnly, Stale, Reports, DryRun, CommonOptions.Json,
        };
        command.Validators.Add(result =>
        {
            var scopes = new[] { ContainersOnly, Stale, Reports }.Where(result.GetValue).Select(option => option.Name).ToList();
            if (scopes.Count > 1)
                result.AddError($"{string.Join(" and ", scopes)} exclude each other: each says what alone is removed.");
        });
        command.SetAction(RunAsync);
        return command.With(
            "faultline prune --dry-run", "faultline prune --stale", "faultline prune --containers", "faultline prune --reports", "faultline prune --json | jq .imageBytes");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Reports))
            return await ReportsAsync(parsed, cancellation);
        using var engine = await ContainerEngine.ConnectAsync(cancellation);
        var scope = parsed.GetValue(ContainersOnly) ? PruneScope.Containers : parsed.GetValue(Stale) ? PruneScope.StaleVolumes : PruneScope.Everything;
        var removed = await engine.PruneAsync(new PruneRequest(scope, parsed.GetValue(DryRun)), cancellation);
        if (parsed.GetValue(CommonOptions.Json))
            Console.Out.Write(JsonResults.Of(removed));
        else
            Print(removed);
        return ExitCodes.Ok;
    }

    private static async Task<int> ReportsAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var checkout = CheckoutFinder.Find(parsed.GetValue(CommonOptions.Root));
        var (json, dryRun) = (parsed.GetValue(CommonOptions.Json), parsed.GetValue(DryRun));
        var place = KeptReports.In(checkout.Artifacts);
        // A run that ends just now moves a report there.
        using var checkoutLock = await CheckoutLock.TakeAsync(checkout, json, cancellation);
        var folders = Directory.Exists(place) ? Directory.GetDirectories(place).Order(StringComparer.Ordinal).ToList() : [];
        foreach (var folder in dryRun ? [] : folders)
            Directory.Delete(folder, recursive: true);
        if (json)
            Console.Out.Write(JsonResults.Of(new PruneResult { DryRun = dryRun }, folders));
        foreach (var folder in json ? [] : folders)
            Consoles.Out.WriteLine($"report    {folder}");
        if (!json)
            Consoles.Out.WriteLine($"{(dryRun ? "would remove" : "removed")} {folders.Count} earlier reports{(dryRun ? "; nothing was removed" : "")}");
        return ExitCodes.Ok;
    }

    private static void Print(PruneResult removed)
    {
        foreach (var line in Lines(removed))
            Consoles.Out.WriteLine(line);
    }

    internal static IEnumerable<string> Lines(PruneResult removed)
    {
        foreach (var name in removed.Containers)
            yield return $"container {name}";
        var widest = removed.Volumes.Select(volume => volume.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var volume in removed.Volumes)
            yield return $"volume    {volume.Name.PadRight(widest)}  {Size(volume.Bytes),8}  {Purpose(volume)}";
        foreach (var name in removed.Images)
            yield return $"image     {name}";
        foreach (var name in removed.VolumesInUse)
            yield return $"in use    {name}: kept, a run uses this volume; images are kept too. Prune again when the run has ended";
        foreach (var name in removed.ImagesInUse)
            yield return $"in use    {name}: kept, a container is made of this image; 'docker ps -a --filter ancestor={name}' shows which";
        var volumes = $"{removed.Volumes.Count} volumes ({Size(removed.Volumes.Sum(volume => volume.Bytes ?? 0))})";
        yield return removed.DryRun
            ? $"would remove {removed.Containers.Count} containers, {volumes}, {removed.Images.Count} images; nothing was removed"
            : $"removed {removed.Containers.Count} containers, {volumes}, {removed.Images.Count} images ({removed.ImageBytes / 1e6:0} MB of images)";
    }

    private static string Purpose(VolumeFacts volume) => (volume.Purpose, volume.Tree) switch
    {
        (null, _) => "made by an earlier Faultline, which did not write down for what",
        ({ } purpose, not null) when volume.IsStale => $"{purpose}, a folder that is gone",
        ({ } purpose, _) when volume.IsStale => $"{purpose}, of a run that was killed",
        ({ } purpose, _) => purpose,
    };

    private static string Size(long? bytes) => bytes switch
    {
        null => "?",
        < 1_000_000_000 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
