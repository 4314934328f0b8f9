using System.Diagnostics;

namespace Faultline.AbiExtractor.Tests;

/// <summary>libclang and .NET want the same signals.</summary>
public sealed class SignalTests
{
    private const string Child = "FAULTLINE_SIGNAL_CHILD";

    /// <summary>
    /// Where the runtime does not get its signal back, this ends the process; and while another test extracts, it has not got it back.
    /// So it is a process of its own.
    /// </summary>
    [Fact]
    public async Task A_null_reference_after_an_extraction_is_an_exception()
    {
        if (Environment.GetEnvironmentVariable(Child) is not null)
        {
            ExtractAndFail();
            return;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--filter-class", typeof(SignalTests).FullName!])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[Child] = "1";
        using var child = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(token), child.StandardError.ReadToEndAsync(token));
        await child.WaitForExitAsync(token);
        Assert.True(child.ExitCode == 0, await output + await errors);
    }

    private static void ExtractAndFail()
    {
        using var folder = new TemporaryDirectory();
        for (var time = 0; time < 2; time++)
        {
            Assert.Single(HeaderExtractor.Extract(new HeaderRequest { Path = folder.Write("one.h", "#define ONE 1\n") }).Constants);
            Assert.Throws<NullReferenceException>(() => Length(null));
        }
    }

    private static int Length(string? text) => text!.Length;
}
