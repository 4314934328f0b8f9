using System.Text.RegularExpressions;
using Faultline.Harness.Docker;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>
/// Adds to a kernel's stack trace the lines of its source: the tree's own <c>scripts/decode_stacktrace.sh</c>, in the builder container.
/// </summary>
internal sealed partial class TraceDecoder(Checkout checkout, Func<CancellationToken, Task<ContainerEngine>> connect)
{
    /// <summary>More than a trace is; a decoder asks the symbols line by line.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <returns>The trace, decoded as far as the kernel was built with line numbers; as it was where its objects are gone.</returns>
    public async Task<string> DecodeAsync(BuiltKernel kernel, KernelRequest request, string trace, CancellationToken cancellation)
    {
        var map = Path.Combine(kernel.Folder, "System.map");
        if (!File.Exists(map))
            return trace;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var engine = await connect(limit.Token);
            var steps = new StepRunner(engine, checkout, request);
            if (!await engine.Images.ExistsAsync(steps.Image.Tag, limit.Token)
                || !await engine.Volumes.ExistsAsync(steps.Volume, limit.Token))
                return trace;
            var lines = new List<string>();
            var exit = await steps.RunAsync(
                "decode", Phase.Report, lines.Add, [],
                [
                    ContainerInput.FromText(string.Concat(Lines(trace).Where(IsAsked).Select(line => line + "\n")), "/tmp/trace"),
                    ContainerInput.FromHost(map, "/tmp/System.map"),
                ],
                cancellation: limit.Token);
            return exit.Code == 0 ? Merged(trace, lines) : trace;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && e is ContainerFailedException or EngineUnavailableException or OperationCanceledException)
        {
            // It is a help to who reads, and no more.
            return trace;
        }
    }

    /// <summary>The trace with the lines that the script could place in the source; it would leave less of the others.</summary>
    /// <param name="trace">As the kernel wrote it.</param>
    /// <param name="decoded">What the script made of it, a line for each that it was asked.</param>
    internal static string Merged(string trace, IReadOnlyList<string> decoded)
    {
        var lines = Lines(trace);
        if (decoded.Count != lines.Count(IsAsked))
            return trace;
        var next = 0;
        return string.Join('\n', lines.Select(line =>
        {
            if (!IsAsked(line))
                return line;
            var answer = decoded[next++];
            return Place().IsMatch(answer) && !Place().IsMatch(line) ? answer.TrimEnd() : line;
        }));
    }

    private static string[] Lines(string trace) => trace.TrimEnd('\n').Split('\n');

    /// <summary>Not the bytes of code, of which the script prints every instruction.</summary>
    private static bool IsAsked(string line) => !line.Contains("Code: ", StringComparison.Ordinal);

    /// <summary><c>(fs/userfaultfd.c:1042)</c>.</summary>
    [GeneratedRegex(@"\([^()\s]+\.[chS]:\d+")]
    private static partial Regex Place();
}
