using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Bench;

/// <summary>make as one would type it, in the containers that Faultline builds in, and timed inside of them.</summary>
internal sealed partial class BareMake(ContainerEngine engine, Checkout checkout, KernelRequest request)
{
    private readonly StepRunner _steps = new(engine, checkout, request);

    /// <summary>make in the kernel's own objects.</summary>
    /// <param name="file">Touched before; null touches nothing.</param>
    /// <returns>Seconds of make alone.</returns>
    public async Task<double> AgainAsync(string? file, PhaseScope phase, CancellationToken cancellation)
    {
        using var held = await _steps.EnterAsync(phase, cancellation);
        var lines = await _steps.RunCheckedAsync(
            "make-again", phase, new Dictionary<string, string> { ["FILE"] = file ?? "" }, cancellation: cancellation);
        return Times(lines)["make"];
    }

    /// <summary>Unpack, configure and make in a container of the same image, from nothing.</summary>
    /// <param name="config">The configuration to build.</param>
    /// <returns>Seconds of <c>unpack</c>, <c>configure</c> and <c>make</c>.</returns>
    public async Task<IReadOnlyDictionary<string, double>> FromNothingAsync(string config, PhaseScope phase, CancellationToken cancellation)
    {
        var lines = new List<string>();
        await engine.Containers.RunCheckedAsync(
            new ContainerSpec
            {
                Image = _steps.Image.Tag,
                Purpose = "make-plain",
                Phase = Phase.Measure,
                Command = ["/opt/faultline/make-plain"],
                Environment = new Dictionary<string, string>
                {
                    ["ORIGIN"] = request.Source is KernelSource.Debian ? "package" : "tree",
                    ["JOBS"] = Math.Max(1, engine.Facts.Processors).ToString(CultureInfo.InvariantCulture),
                    ["IMAGE"] = request.Architecture.Image,
                },
                Mounts = request.Source is KernelSource.Tree tree ? [ContainerMount.Bind(tree.Folder, "/tree")] : [],
                Inputs = [ContainerInput.FromHost(StepRunner.StepsFolder(checkout), "/opt/faultline"), ContainerInput.FromHost(config, "/tmp/config")],
            },
            line =>
            {
                lines.Add(line.Text);
                phase.Output(line.Text);
            }, cancellation);
        return Times(lines);
    }

    /// <summary>A file of the kernel's tree, patches applied.</summary>
    public async Task TakeAsync(string file, string target, PhaseScope phase, CancellationToken cancellation)
    {
        using var held = await _steps.EnterAsync(phase, cancellation);
        await _steps.RunCheckedAsync(
            "take", phase, new Dictionary<string, string> { ["FILE"] = file }, null,
            [new ContainerOutput("/tmp/taken", target)], cancellation: cancellation);
    }

    /// <summary>What timing.sh printed, in seconds.</summary>
    internal static Dictionary<string, double> Times(IEnumerable<string> lines) => lines.Select(line => Took().Match(line)).Where(match => match.Success)
        .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) / 1000, StringComparer.Ordinal);

    [GeneratedRegex(@"^faultline: took (\w+) (\d+) ms$")]
    private static partial Regex Took();
}
