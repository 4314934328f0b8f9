using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Bench;
using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Report.Plots;

/// <summary>
/// The pictures of the benchmark. Designs stand on different kernels, each in its guest, so that what is drawn of several guests are
/// ratios to the way that all of them have: reading every page first.
/// </summary>
internal static class FeaturePlots
{
    private const double MiB = 1 << 20;
    private static readonly PlotAxis Size = new("memory that is protected", Base: 4, value => FigureText.Size(Pages(value)));
    private static readonly PlotAxis Share = new("share of memory with data", Base: null, value => $"{FigureText.Whole(value)} %");

    private static readonly PlotAxis TimesPreRead = new("times PRE-READ", Base: null, Times);

    public static IEnumerable<Plot> Of(FeatureReport report)
    {
        var designs = Designs(report).ToList();
        if (designs.Count == 0)
            return [];
        Plot[] plots =
        [
            Cost(designs, huge: false, "Protecting untouched memory, without huge pages"),
            Cost(designs, huge: true, "The same with huge pages, where PRE-READ maps the huge zeropage"),
            new("Page tables", Size, new PlotAxis("page tables", Base: 4, Memory), [.. designs.Select(Tables)])
            {
                Note = "What protecting adds to VmPTE. Where a design adds none, it is not drawn.",
            },
            new("Pause of a live snapshot", Share, TimesPreRead, [.. designs.Select(Pause)])
            {
                Note = "How long the guest stands still, against PRE-READ in the same guest, whose pages were made before."
                    + OnRealCpu(report),
            },
            new("Whole live snapshot, holes left out", Share, TimesPreRead, [.. designs.Select(design => Total(design, asks: true))])
            {
                Note = "From the first page made to the last one saved; the saver leaves out the holes that pagemap names.",
            },
            new("Whole live snapshot, every page read", Share, TimesPreRead, [.. designs.Select(design => Total(design, asks: false))])
            {
                Note = "The same of a saver that reads each page to see whether it is empty: where there is a zeropage, no read faults.",
            },
            Native(report),
        ];
        return plots.Where(plot => plot.Lines.Any(line => line.Points.Length > 1));
    }

    /// <summary>Each design once, on a kernel that runs in a guest; the machine's own is drawn apart.</summary>
    private static IEnumerable<(FeatureKernel Kernel, string Name)> Designs(FeatureReport report) =>
        from kernel in report.Kernels
        where kernel is { IsNative: false, Design: not null }
        select (kernel, $"{kernel.Design} ({kernel.Where})");

    private static Plot Cost(IEnumerable<(FeatureKernel Kernel, string Name)> designs, bool huge, string title) =>
        new(title, Size, new PlotAxis("of PRE-READ", Base: 10, Percent), [.. designs.Select(design => Cost(design, huge))])
        {
            Note = "Make the pages that the way needs and protect, as a share of what PRE-READ takes in the same round and guest.",
        };

    private static PlotLine Cost((FeatureKernel Kernel, string Name) design, bool huge) => Line(design,
    [
        .. from cell in Sizes(design.Kernel, Ways.Feature, huge)
           let reference = design.Kernel.Cost(Ways.PreRead, huge, cell.Bytes)
           where reference is { Whole.Min: > 0 }
           select new PlotPoint(cell.Bytes, Sample.Ratio(cell.Whole, reference.Whole).Median),
    ]);

    private static PlotLine Tables((FeatureKernel Kernel, string Name) design) => Line(design,
    [
        .. from cell in Sizes(design.Kernel, Ways.Feature)
           let kibibytes = cell.Counts["tables-kib"].Median
           where kibibytes > 0
           select new PlotPoint(cell.Bytes, kibibytes),
    ]);

    private static PlotLine Pause((FeatureKernel Kernel, string Name) design) => Snapshots(design, "pause", asks: false);

    private static PlotLine Total((FeatureKernel Kernel, string Name) design, bool asks) => Snapshots(design, "total", asks);

    private static PlotLine Snapshots((FeatureKernel Kernel, string Name) design, string step, bool asks) => Line(design,
    [
        .. from cell in design.Kernel.Snapshots
           where cell.Way == Ways.Feature && cell.Asks == asks
           let reference = design.Kernel.Snapshot(Ways.PreRead, cell.Share, asks)
           where reference is not null
           orderby cell.Share
           select new PlotPoint(cell.Share, Sample.Ratio(cell.Seconds[step], reference.Seconds[step]).Median),
    ]);

    private static Plot Native(FeatureReport report)
    {
        var kernel = report.Kernels.FirstOrDefault(kernel => kernel.IsNative);
        return new Plot(
            $"This machine's own kernel{(kernel?.Release is { } release ? $", {release}" : "")}", Size,
            new PlotAxis("make and protect", Base: 10, BenchTable.Time),
            kernel is null ? [] : [.. Ways.All.Where(way => way != Ways.Halves).Select(way => Native(kernel, way))])
        {
            Note = "The only one of these that a real CPU took, in seconds.",
        };
    }

    private static PlotLine Native(FeatureKernel kernel, string way) => new(
        Ways.Title(way, kernel.Design), [.. Sizes(kernel, way).Select(cell => new PlotPoint(cell.Bytes, cell.Whole.Median))])
    {
        Look = LookOf(Ways.Title(way, kernel.Design)),
    };

    private static PlotLine Line((FeatureKernel Kernel, string Name) design, ImmutableArray<PlotPoint> points) =>
        new(design.Name, points) { Look = LookOf(design.Kernel.Design!) };

    /// <summary>A look that is that name's in every plot; null for any other name.</summary>
    private static int? LookOf(string name) => name switch
    {
        Marks.Pmd => 0,
        Marks.Pte => 1,
        Marks.Zeropage => 2,
        "DEFAULT" => 3,
        "PRE-READ" => 4,
        "MADVISE" => 5,
        _ => null,
    };

    /// <summary>What the only real CPU says where nothing was touched before; nothing where it was not measured.</summary>
    private static string OnRealCpu(FeatureReport report)
    {
        var kernel = report.Kernels.FirstOrDefault(kernel => kernel is { IsNative: true, Design: not null });
        var (own, other) = (kernel?.Snapshot(Ways.Feature, 0, asks: false), kernel?.Snapshot(Ways.PreRead, 0, asks: false));
        if (own is null || other is null || other.Seconds["pause"].Min <= 0)
            return "";
        var ratio = Sample.Ratio(own.Seconds["pause"], other.Seconds["pause"]);
        return $" On a real CPU, {kernel!.Release} with {kernel.Design}, the first point is {Times(ratio.Median)}.";
    }

    private static IEnumerable<CostCell> Sizes(FeatureKernel kernel, string way, bool huge = false) =>
        kernel.Costs.Where(cell => cell.Way == way && cell.Huge == huge).OrderBy(cell => cell.Bytes);

    private static long Pages(double bytes) => (long)(Math.Round(bytes / MiB) * MiB);

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static string Times(double ratio) => ratio.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Memory(double kibibytes) => kibibytes >= 1024
        ? $"{(kibibytes / 1024).ToString("0.#", CultureInfo.InvariantCulture)} MiB"
        : $"{FigureText.Whole(kibibytes)} KiB";
}
