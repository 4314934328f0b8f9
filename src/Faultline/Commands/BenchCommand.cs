using System.CommandLine;
using System.Globalization;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline bench</c>: what Faultline costs, each figure beside the bare tool it stands on, taken in the same run.</summary>
internal static class BenchCommand
{
    private static readonly Option<string[]> Only = new("--only")
    {
        Description =
            $"which of {string.Join(", ", BenchPlan.Keys)} (default: all but {string.Join(" and ", BenchPlan.Long)}); "
            + "repeatable, or joined by commas",
        HelpName = "NAME,…",
    };

    private static readonly Option<bool> Cold = new("--cold")
    {
        Description = "also build a kernel from nothing, twice: by Faultline and by hand (half an hour on two cores, 8 GiB of disk)",
    };

    private static readonly Option<int> Repeat = new("--repeat")
    {
        Description = "repetitions of each pair; cold is measured once",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<int> Largest = new("--largest")
    {
        Description = "feature: sizes go up to this in powers of two, as far as memory and patience allow",
        HelpName = "GIB",
        DefaultValueFactory = _ => 8,
    };

    private static readonly Option<int> Snapshot = new("--snapshot")
    {
        Description = "feature: memory that live snapshots are taken of; 64 take about a minute a kernel under emulation, "
            + "larger ones so much longer",
        HelpName = "MIB",
        DefaultValueFactory = _ => 64,
    };

    private static readonly Option<bool> Markdown = new("--markdown") { Description = "print the table as Markdown" };

    public static Command Create()
    {
        var command = new Command("bench", "measure builds, boots and suite beside bare make and bare QEMU, and what the feature saves; write artifacts/bench")
        {
            Only, Cold, Repeat, Largest, Snapshot, CommonOptions.Variant, CommonOptions.Accelerator, CommonOptions.Json, Markdown,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline bench",
            "faultline bench --only rebuild,boot --repeat 5",
            "faultline bench --cold --markdown",
            "faultline bench --only feature --markdown",
            "faultline bench --only feature --largest 1 --snapshot 512",
            "faultline bench --json | jq '.pairs[] | {key, ratio: .ratio.median}'");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var request = Request(parsed);
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(request.Selection.Checkout, json, cancellation);
        var report = await ProgressDisplay.RunAsync(json, async progress =>
        {
            using var engine = new LazyEngine();
            using var plan = new BenchPlan(request, engine, progress, cancellation);
            return await plan.RunAsync();
        });
        var file = Path.Combine(
            request.Selection.Checkout.Artifacts, "bench", report.Started.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + ".json");
        OutputFile.Write(file, report.ToJson());
        Console.Out.Write(json ? report.ToJson() : parsed.GetValue(Markdown) ? BenchTable.Markdown(report) : BenchTable.Text(report));
        if (!json)
            Consoles.Error.WriteLine($"figures: {file}");
        return ExitCodes.Ok;
    }

    private static BenchRequest Request(ParseResult parsed)
    {
        var repeat = parsed.GetValue(Repeat);
        if (repeat is < 1 or > 100)
            throw new UsageException($"--repeat {repeat}: give a number from 1 to 100.");
        var largest = parsed.GetValue(Largest);
        if (largest is < 1 or > 1024)
            throw new UsageException($"--largest {largest}: give a number of GiB from 1 to 1024.");
        var snapshot = parsed.GetValue(Snapshot);
        if (snapshot is < 2 or > 1 << 20)
            throw new UsageException($"--snapshot {snapshot}: give a number of MiB from 2 to {1 << 20}.");
        if (parsed.GetValue(Markdown) && parsed.GetValue(CommonOptions.Json))
            throw new UsageException("--markdown and --json: the result has one form; leave one of them out.");
        var keys = (parsed.GetValue(Only) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        if (keys.FirstOrDefault(key => !BenchPlan.Keys.Contains(key)) is { } unknown)
            throw new UsageException($"--only {unknown}: no such benchmark; there are {string.Join(", ", BenchPlan.Keys)}.");
        if (keys.Count == 0)
            keys = [.. BenchPlan.Keys.Except(BenchPlan.Long)];
        if (parsed.GetValue(Cold))
            keys.Add(BenchPlan.Cold);
        var selection = SelectionOptions.Read(parsed);
        if (selection.Named.FirstOrDefault(variant => variant.Series.Patches.Count == 0) is { } bare)
            throw new UsageException($"--variant {bare.Name}: it has no series, and what is measured is a changed series.");
        var sizes = new FeatureSizes(largest, snapshot);
        var commandLine = CommandLine(parsed, keys, repeat, sizes);
        return new BenchRequest(selection, keys, repeat, sizes, SuiteOptions.Accelerator(parsed), commandLine);
    }

    /// <summary>The command that measures the same again.</summary>
    private static string CommandLine(ParseResult parsed, HashSet<string> keys, int repeat, FeatureSizes sizes)
    {
        var variants = string.Concat((parsed.GetValue(CommonOptions.Variant) ?? []).Select(name => $" --variant {name}"));
        var only = string.Join(',', BenchPlan.Keys.Where(keys.Contains));
        var feature = keys.Contains(BenchPlan.Feature) ? $" --largest {sizes.LargestGiB} --snapshot {sizes.SnapshotMiB}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"faultline bench --only {only} --repeat {repeat}{feature}{variants} --accel {parsed.GetValue(CommonOptions.Accelerator)}");
    }
}
