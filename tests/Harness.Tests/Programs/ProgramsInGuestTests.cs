using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Guest;

namespace Faultline.Harness.Tests.Programs;

/// <summary>Programs of one's own in a real guest: each kind of end that a program can come to.</summary>
[Trait("needs", "guest")]
public sealed class ProgramsInGuestTests(GuestFixture guests) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_program_is_started_under_its_limit_and_told_of_as_it_ended()
    {
        Program("tap", "puts(\"1..2\\nok 1 - first\\nok 2 - second # SKIP because\");");
        Program("quiet", "");
        Program("fails", "fprintf(stderr, \"it cannot\\n\"); return 1;");
        Program("dies", "printf(\"half a line\"); fflush(stdout); raise(SIGSEGV);");
        Program("sleeps", "printf(\"Testing sleep on anon... \"); fflush(stdout); for (;;) pause();");
        Program("leaves", "if (!fork()) { setsid(); for (;;) pause(); }");
        Program("writes", "return fclose(fopen(\"here\", \"w\")) || access(\"quiet\", X_OK) || isatty(1) != 1;");
        Program("floods",
            "char line[4001] = { 0 }; for (int i = 0; i < 4000; i++) line[i] = 120; for (int i = 0; i < 400; i++) puts(line);");
        Program("bytes", "fputs(\"1..1\\nok 1 - \\xff\\x01\\\"\\\\\\n\", stdout);");
        var declared = DeclaredSuite.Nothing("own") with { Limit = TimeSpan.FromSeconds(3) };

        var result = await RunAsync(declared);
        var seen = result.Record.Results.ToDictionary(test => test.Id, StringComparer.Ordinal);
        Assert.Equal(VerdictKind.Failed, result.Verdict.Kind);
        Assert.Empty(result.Record.Missing);
        Assert.Equal(TestOutcome.Passed, seen["own/tap: first"].Outcome);
        Assert.Equal(("because", TestOutcome.Skipped), (seen["own/tap: second"].Reason, seen["own/tap: second"].Outcome));
        Assert.All((string[])["own/tap", "own/quiet", "own/leaves", "own/writes", "own/bytes"], id => Assert.True(
            seen[id].Outcome == TestOutcome.Passed, $"{id}: {seen[id].Message}"));
        Assert.Equal("exit status 1, and no test that failed; its last line: it cannot", seen["own/fails"].Message);
        Assert.Equal("it was killed by SIGSEGV; its last line: half a line", seen["own/dies"].Message);
        Assert.StartsWith("it was killed after 12 s, after sleep on anon", seen["own/sleeps"].Message, StringComparison.Ordinal);
        Assert.Equal(TestOutcome.Failed, seen["own/sleeps: sleep on anon"].Outcome);
        Assert.Contains("bytes more than are kept", seen["own/floods"].Message, StringComparison.Ordinal);
        Assert.Equal(TestOutcome.Passed, seen["own/bytes: \uFFFD\u0001\"\\"].Outcome);
    }

    public void Dispose() => _folder.Dispose();

    private void Program(string name, string body) => _folder.Write($"own/{name}.c",
        $"#include <signal.h>\n#include <stdio.h>\n#include <unistd.h>\nint main(void) {{ {body} return 0; }}\n");

    private async Task<SuiteResult> RunAsync(DeclaredSuite declared)
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var checkout = new Checkout(RepositoryRoot.Of(), _folder.Of("artifacts"));
        var suite = await new SuiteBuilder(checkout, token => ContainerEngine.ConnectAsync(token)).BuildAsync(
            SuiteSpec.Parse("own", _folder.Of()), declared, "test", kernel: null, request: null, new RecordedProgress(), Cancellation);
        Directory.CreateDirectory(_folder.Of("payload"));
        var programs = new ProgramSet(Builtin: false, [suite]);
        return await new SuiteRunner(engine, images, checkout.Guests).RunAsync(
            new SuiteRequest
            {
                Kernel = "own-programs", BzImage = GuestFixture.BzImage, Payload = _folder.Of("payload"), Profile = "{}",
                Programs = programs,
                Accelerator = AcceleratorChoice.Tcg, Deadlines = new Deadlines { Programs = programs.TimeFor([]) },
            },
            new RecordedProgress(), Cancellation);
    }
}
