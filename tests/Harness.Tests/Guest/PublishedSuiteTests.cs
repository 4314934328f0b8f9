using CliWrap.Buffered;
using Faultline.Harness.Guest;
using Faultline.Harness.Judging;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;
using Faultline.Harness.Tests.Results;

namespace Faultline.Harness.Tests.Guest;

/// <summary>Publishes a suite of a few lines from a repository of its own, and runs it on this machine's kernel.</summary>
public sealed class PublishedSuiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Checkout Checkout => new(_folder.Of("root"), _folder.Of("artifacts"));
    private readonly RecordedProgress _progress = new();
    private readonly string _model;

    public PublishedSuiteTests()
    {
        foreach (var source in new[]
        {
            "src/UffdProbe", "src/Userfaultfd", "src/AbiModel", "src/AbiEmit", "generators/AbiGenerator", "generators/PlanGenerator",
        })
            _folder.Write($"root/{source}/source.txt", source);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props" })
            _folder.Write($"root/{file}", "<Project />");
        _folder.Write("root/global.json", "{}");
        _folder.Write("root/nuget.config", "<configuration />");
        _folder.Write("root/linux-patch/upstream/userfaultfd.abi.json", """{ "of": "upstream" }""");
        _folder.Write("root/src/AbiTests/AbiTests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <AssemblyName>Faultline.AbiTests</AssemblyName>
              </PropertyGroup>
            </Project>
            """);
        _model = _folder.Write("model.abi.json", "{}");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Linkers' arguments are joined by blanks: in a folder with one in its name an unquoted path is two files.</summary>
    [Fact]
    public async Task The_suites_own_paths_among_the_linkers_arguments_are_quoted()
    {
        var answer = await CliWrap.Cli.Wrap("dotnet").WithArguments(
            ["msbuild", RepositoryRoot.Of("src", "AbiTests", "AbiTests.csproj"), "-getItem:LinkerArg", "-p:FaultlineNative=true"])
            .ExecuteBufferedAsync(Cancellation);
        using var items = System.Text.Json.JsonDocument.Parse(answer.StandardOutput);
        var own = items.RootElement.GetProperty("Items").GetProperty("LinkerArg").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(path => path.Contains("functions.c", StringComparison.Ordinal));
        Assert.Matches("^\".*/Processes/functions\\.c\"$", Assert.Single(own));
    }

    [Fact]
    public async Task A_suite_is_published_once_run_and_judged()
    {
        WriteSuite(Streams.Clean[1..8]);
        using var publisher = new PayloadPublisher(Checkout);
        var first = await publisher.PublishAsync("k", "k", _model, _progress, Cancellation);
        Assert.False(first.Phase.Cached);
        Assert.Equal("not published yet", first.Phase.Reason);

        var second = await publisher.PublishAsync("k", "k", _model, _progress, Cancellation);
        Assert.True(second.Phase.Cached);
        Assert.Equal(first.Key, second.Key);

        var result = await new HostSuiteRunner(Checkout.Guests).RunAsync(Request(first.Folder), _progress, Cancellation);
        Assert.True(result.Verdict.IsPass, string.Join("; ", result.Verdict.Reasons));
        Assert.Equal(AcceleratorKind.Host, result.Accelerator.Used);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), result.Record.Boot!.Release);
        Assert.Equal(2, _progress.Events.OfType<TestReported>().Count());
        Assert.Contains("--filter row:R1", File.ReadAllText(result.Logs.Files["payload"]), StringComparison.Ordinal);

        WriteSuite([.. Streams.Clean[1..3], Streams.Start("R1")], "System.Threading.Thread.Sleep(60000);");
        File.WriteAllText(_model, "{ }");
        var third = await publisher.PublishAsync("k", "k", _model, _progress, Cancellation);
        Assert.Equal("src/AbiTests and ABI models changed", third.Phase.Reason);
        Assert.True(File.Exists(Path.Combine(Checkout.Payloads, ".build", "faultline-restored")));

        var hung = await new HostSuiteRunner(Checkout.Guests).RunAsync(
            Request(third.Folder) with { Deadlines = new Deadlines { Run = TimeSpan.FromSeconds(2) }, KillMargin = TimeSpan.FromSeconds(2) }, _progress, Cancellation);
        Assert.Equal(VerdictKind.Hung, hung.Verdict.Kind);
        Assert.Equal(["R1"], hung.Verdict.InFlight);
    }

    [Fact]
    public async Task Suites_that_nothing_can_use_again_are_removed_and_those_in_use_are_not()
    {
        WriteSuite([]);
        var other = _folder.Write("other.abi.json", "{ \"other\": 1 }");
        using var publisher = new PayloadPublisher(Checkout);
        var old = await publisher.PublishAsync("k", "k", _model, _progress, Cancellation);
        File.AppendAllText(_folder.Of("root", "src", "AbiTests", "Program.cs"), "\n");
        var mine = await publisher.PublishAsync("k", "k", _model, _progress, Cancellation);
        // Another kernel of the same ABI finds it published; its stamp alone keeps the suite when k gets another one.
        Assert.Equal(mine.Folder, (await publisher.PublishAsync("same-abi", "same-abi", _model, _progress, Cancellation)).Folder);
        var others = await publisher.PublishAsync("k", "k", other, _progress, Cancellation);

        using (var concurrent = new PayloadPublisher(Checkout))
        {
            await concurrent.PublishAsync("same-abi", "same-abi", _model, _progress, Cancellation);
            Assert.Empty(publisher.RemoveUnused());
        }

        Assert.Equal([Path.GetDirectoryName(old.Folder)!], publisher.RemoveUnused());
        Assert.True(File.Exists(PublishedPayload.ProgramIn(mine.Folder)));
        Assert.True(File.Exists(PublishedPayload.ProgramIn(others.Folder)));
    }

    [Fact]
    public async Task Kernels_whose_models_are_in_the_checkout_share_one_program_that_is_told_which_it_is()
    {
        WriteSuite(["shared"]);
        var upstream = _folder.Of("root", "linux-patch", "upstream", "userfaultfd.abi.json");
        var variant = _folder.Write("root/linux-patch/variant/userfaultfd.abi.json", """{ "of": "variant" }""");
        using var publisher = new PayloadPublisher(Checkout);
        var first = await publisher.PublishAsync("k", "k", upstream, _progress, Cancellation);
        var second = await publisher.PublishAsync("v", "v", variant, _progress, Cancellation);
        Assert.True(second.Phase.Cached);
        Assert.Equal(Path.GetDirectoryName(first.Folder), Path.GetDirectoryName(second.Folder));
        Assert.NotEqual(first.Key, second.Key);
        string Named(PublishedPayload payload) => File.ReadAllText(Path.Combine(payload.Folder, PublishedPayload.AbiFile)).Trim();
        Assert.Equal((SuiteModels.NameOf(upstream), SuiteModels.NameOf(variant)), (Named(first), Named(second)));
        Assert.Equal("shared", await OutputOfAsync(second));

        // A header that nobody committed has a program of its own, and asks for none of the others' again.
        var own = await publisher.PublishAsync("own", "own", _model, _progress, Cancellation);
        Assert.False(own.Phase.Cached);
        Assert.True((await publisher.PublishAsync("k", "k", upstream, _progress, Cancellation)).Phase.Cached);
    }

    [Fact]
    public async Task A_source_saved_while_it_is_published_is_published_too()
    {
        WriteSuite(["before"]);
        var saved = false;
        var progress = new Kernels.RecordedProgress(e =>
        {
            if (saved || e is not PhaseStarted { Phase: Phase.Payload })
                return;
            saved = true;
            WriteSuite(["during"]);
        });
        using var publisher = new PayloadPublisher(Checkout);
        var published = await publisher.PublishAsync("k", "k", _model, progress, Cancellation);
        Assert.Equal("during", await OutputOfAsync(published));
        WriteSuite(["before"]);
        Assert.Equal("before", await OutputOfAsync(await publisher.PublishAsync("k", "k", _model, _progress, Cancellation)));
    }

    /// <summary>The compiler goes by time stamps, and the key by content.</summary>
    [Fact]
    public async Task A_source_put_back_with_an_old_time_stamp_is_compiled_again()
    {
        using var publisher = new PayloadPublisher(Checkout);
        foreach (var word in (string[])["first", "other"])
        {
            WriteSuite([word]);
            File.SetLastWriteTimeUtc(_folder.Of("root", "src", "AbiTests", "Program.cs"), DateTime.UtcNow - TimeSpan.FromDays(1));
            Assert.Equal(word, await OutputOfAsync(await publisher.PublishAsync("k", "k", _model, _progress, Cancellation)));
        }
    }

    [Fact]
    public async Task A_suite_that_does_not_compile_is_reported_with_the_compilers_line()
    {
        _folder.Write("root/src/AbiTests/Program.cs", "this is no C#");
        using var publisher = new PayloadPublisher(Checkout);
        var error = await Assert.ThrowsAsync<GuestException>(() => publisher.PublishAsync("k", "k", _model, _progress, Cancellation));

        Assert.Contains("Program.cs(1,", error.Message, StringComparison.Ordinal);
        Assert.Equal(PhaseOutcome.Failed, _progress.Events.OfType<PhaseFinished>().Single().Outcome);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> OutputOfAsync(PublishedPayload payload)
    {
        var suite = CliWrap.Cli.Wrap(PublishedPayload.ProgramIn(payload.Folder));
        return (await suite.ExecuteBufferedAsync(Cancellation)).StandardOutput.Trim();
    }

    private static SuiteRequest Request(string payload) => new()
    {
        Kernel = "running", Payload = payload, Profile = "{}", Filters = ["row:R1"],
    };

    private void WriteSuite(IEnumerable<string> lines, string then = "") => _folder.Write(
        "root/src/AbiTests/Program.cs",
        "System.Console.Error.WriteLine(string.Join(' ', args));\n" + string.Concat(lines.Select(line => $"System.Console.WriteLine(\"\"\"{line}\"\"\");\n")) + then + "\n");
}
