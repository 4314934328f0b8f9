using Faultline.Harness.Docker;
using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Guest;

namespace Faultline.Harness.Tests.Programs;

/// <summary>Programs are built by a real compiler in the builder container.</summary>
[Trait("needs", "engine")]
public sealed class SuiteBuilderTests : IDisposable
{
    private const string Good = "#include <stdio.h>\nint main(void) { puts(\"1..1\"); puts(\"ok 1 - it runs\"); return 0; }\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task C_files_become_static_programs_once_and_one_that_does_not_build_says_why()
    {
        _folder.Write("mine/good.c", Good);
        _folder.Write("mine/bad.c", "int main(void) { return missing; }\n");
        var progress = new RecordedProgress();
        var suite = await BuildAsync("mine", DeclaredSuite.Nothing("mine"), progress);
        Assert.Equal(["bad", "good"], suite.Programs.Select(program => program.Name));
        Assert.Contains("error: ‘missing’ undeclared", suite.Programs[0].BuildError, StringComparison.Ordinal);
        Assert.Null(suite.Programs[1].BuildError);
        Assert.True(File.Exists(Path.Combine(suite.Folder, BuiltSuite.Files, "good")));
        Assert.True(File.Exists(Path.Combine(suite.Folder, BuiltSuite.Runner)));

        progress = new RecordedProgress();
        Assert.Equal(suite.Folder, (await BuildAsync("mine", DeclaredSuite.Nothing("mine"), progress)).Folder);
        Assert.True(Assert.Single(progress.Events.OfType<PhaseFinished>()).Cached);
        _folder.Write("mine/good.c", Good.Replace("it runs", "it still runs", StringComparison.Ordinal));
        Assert.NotEqual(suite.Folder, (await BuildAsync("mine", DeclaredSuite.Nothing("mine"), progress)).Folder);
    }

    [Fact]
    public async Task A_makefile_says_itself_what_is_built()
    {
        _folder.Write("made/Makefile", "all: prog\nprog: prog.c\n\t$(CC) $(LDFLAGS) -o $@ $<\nclean:\n\trm -f prog\n");
        _folder.Write("made/prog.c", Good);
        var declared = new DeclaredSuite("made") { Programs = DeclaredSuite.Nothing("").Programs.SetItem("prog twice", ["prog", "2"]) };
        var program = Assert.Single((await BuildAsync("made", declared, new RecordedProgress())).Programs);
        Assert.Equal(("made/prog twice", "prog", "2"), (program.Id, program.File, Assert.Single(program.Arguments)));
    }

    [Fact]
    public async Task A_suite_of_which_nothing_builds_ends_with_the_compilers_words()
    {
        _folder.Write("broken/a.c", "int main(void) { return 0 }\n");
        var failure = await Assert.ThrowsAsync<SuiteException>(
            () => BuildAsync("broken", DeclaredSuite.Nothing("broken"), new RecordedProgress()));
        Assert.Equal(VerdictKind.Infrastructure, failure.Kind);
        Assert.StartsWith("--suite broken: no program came of it.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a.c:1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("error: expected", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\n", "it is no program of Linux")]
    [InlineData(null, "it is not static")]
    public async Task A_file_that_the_guest_cannot_run_is_refused(string? content, string words)
    {
        if (content is null)
            File.Copy("/bin/ls", _folder.Of("prog"));
        else
            _folder.Write("prog", content);
        var failure = await Assert.ThrowsAsync<SuiteException>(
            () => BuildAsync("prog", DeclaredSuite.Nothing("prog"), new RecordedProgress()));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_a_program_that_there_is_not_is_a_mistake()
    {
        _folder.Write("mine/good.c", Good);
        var expect = DeclaredSuite.Nothing("").Expect.SetItem("god: it runs", DeclaredOutcome.Failed);
        var declared = new DeclaredSuite("mine") { Expect = expect };
        var failure = await Assert.ThrowsAsync<SuiteException>(() => BuildAsync("mine", declared, new RecordedProgress()));
        Assert.Null(failure.Kind);
        Assert.Contains("'god: it runs'", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("it has: good.", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<BuiltSuite> BuildAsync(string what, DeclaredSuite declared, IProgress<HarnessEvent> progress) =>
        await new SuiteBuilder(new Checkout(RepositoryRoot.Of(), _folder.Of("artifacts")), token => ContainerEngine.ConnectAsync(token))
            .BuildAsync(SuiteSpec.Parse(what, _folder.Of()), declared, "test", kernel: null, request: null, progress, Cancellation);
}
