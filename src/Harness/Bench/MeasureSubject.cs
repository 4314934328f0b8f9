using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Bench;

/// <summary>A kernel on which the suite measures, in place of testing.</summary>
/// <param name="Where">A kernel's name, or that of this machine.</param>
/// <param name="Run">Takes the measurements as the suite's <c>--measure</c> names them; returns the event stream.</param>
internal sealed record MeasureSubject(string Where, Func<IReadOnlyList<string>, PhaseScope, CancellationToken, Task<string>> Run)
{
    /// <summary>SHA-256 of the image that is booted, in hexadecimal; null for this machine's kernel.</summary>
    public string? Image { get; init; }

    /// <summary>The name of this machine's kernel in every result.</summary>
    public const string ThisMachine = "this machine";

    /// <summary>A measurement takes as long as it takes; this ends one that hangs.</summary>
    private static readonly Deadlines Patience = new() { Run = TimeSpan.FromHours(1) };

    /// <summary>A kernel in a guest. What the tests have the kernel check at every page table entry is switched off.</summary>
    public static MeasureSubject Guest(GuestBench bench, BenchKernel kernel) => new(kernel.Name, async (what, phase, cancellation) =>
    {
        var run = await bench.RunAsync(kernel, Patience, ["page_table_check=off"], phase, cancellation, [.. Arguments(what)]);
        return await File.ReadAllTextAsync(run.Logs["events"], cancellation);
    }) { Image = ImageHash(kernel.BzImage) };

    /// <summary>What tells one build of a kernel from another.</summary>
    /// <returns>SHA-256 in hexadecimal.</returns>
    public static string ImageHash(string bzImage)
    {
        using var file = File.OpenRead(bzImage);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>This machine's own kernel.</summary>
    /// <param name="payload">The suite published for it.</param>
    /// <param name="profile">Content of the profile.</param>
    /// <param name="workFolder">For the profile while it is in use.</param>
    public static MeasureSubject Host(string payload, string profile, string workFolder) => new(
        ThisMachine, (what, phase, cancellation) => RunHereAsync(payload, profile, workFolder, what, phase, cancellation));

    private static async Task<string> RunHereAsync(
        string payload, string profile, string workFolder, IReadOnlyList<string> what, PhaseScope phase, CancellationToken cancellation)
    {
        Directory.CreateDirectory(workFolder);
        var file = Path.Combine(workFolder, "profile.json");
        await File.WriteAllTextAsync(file, profile, cancellation);
        using var run = new RunProgress(new NestedProgress(phase), ThisMachine, "measured", done: 0, cancellation);
        var result = await Cli.Wrap(PublishedPayload.ProgramIn(payload))
            .WithArguments(["--profile", file, "--events", "-", .. Arguments(what)])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Tell(run, line)))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return result.ExitCode == 0 ? result.StandardOutput : throw new GuestException(
            $"This machine's kernel could not be measured (exit code {result.ExitCode}): {result.StandardError.Trim()}");
    }

    private static IEnumerable<string> Arguments(IReadOnlyList<string> what) => what.SelectMany(name => (string[])["--measure", name]);

    private static void Tell(RunProgress run, string line)
    {
        if (EventLineParser.Parse(System.Text.Encoding.UTF8.GetBytes(line), number: 0) is { } e)
            run.Add(e, seconds: 0);
    }
}
