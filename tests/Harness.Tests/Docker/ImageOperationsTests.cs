using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

[Trait("needs", "engine")]
public class ImageOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static BaseImage Base => new(RepositoryRoot.Of("images", "bookworm"));

    [Fact]
    public async Task Is_built_once_for_the_same_inputs_and_again_for_others()
    {
        var engine = await fixture.EngineAsync();
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "ARG BASE\nFROM ${BASE}\nARG WORD\nCOPY greeting /greeting\nRUN echo $WORD > /word\n");
        folder.Write("greeting", Guid.NewGuid().ToString());
        var spec = new ImageSpec("test-reuse", folder.Path, Base, new Dictionary<string, string> { ["WORD"] = "one" });
        var made = new List<string>();
        try
        {
            var first = await engine.Images.EnsureAsync(spec, null, Token);
            made.Add(first.Tag);
            Assert.False(first.Cached);
            var again = await engine.Images.EnsureAsync(spec, null, Token);
            Assert.True(again.Cached);
            Assert.Equal(first.Tag, again.Tag);

            var other = await engine.Images.EnsureAsync(spec with { Arguments = new Dictionary<string, string> { ["WORD"] = "two" } }, null, Token);
            made.Add(other.Tag);
            Assert.False(other.Cached);
            Assert.NotEqual(first.Tag, other.Tag);
        }
        finally
        {
            foreach (var tag in made)
                await engine.Images.RemoveAsync(tag, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Asked_for_twice_at_once_a_parent_is_built_once()
    {
        var engine = await fixture.EngineAsync();
        using var folder = new TemporaryFolder();
        var parent = new ImageSpec("test-parent", Path.GetDirectoryName(folder.Write("parent/Dockerfile", $"ARG BASE\nFROM ${{BASE}}\nRUN echo parent {Guid.NewGuid():N}\n"))!, Base);
        ImageSpec Child(string word) => new(
            "test-child", Path.GetDirectoryName(folder.Write($"{word}/Dockerfile", $"ARG BASE\nFROM ${{BASE}}\nRUN echo {word}\n"))!, parent);
        ImageSpec[] children = [Child("one"), Child("two")];
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        try
        {
            await Task.WhenAll(children.Select(child => engine.Images.EnsureAsync(child, lines.Enqueue, Token)));
            // Each image announces each of its steps: the parent's is there once.
            Assert.Single(lines, line => line.StartsWith("Step ", StringComparison.Ordinal) && line.Contains("echo parent", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var spec in (ImageSpec[])[.. children, parent])
                await engine.Images.RemoveAsync(spec.Tag, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_failing_step_carries_its_output_and_leaves_no_image()
    {
        var engine = await fixture.EngineAsync();
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "ARG BASE\nFROM ${BASE}\nRUN echo what went wrong && exit 3\n");
        var spec = new ImageSpec("test-failing", folder.Path, Base);
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => engine.Images.EnsureAsync(spec, null, Token));
        Assert.Contains(failure.Tail, l => l.Contains("what went wrong", StringComparison.Ordinal));
        Assert.Contains("non-zero code: 3", failure.Message, StringComparison.Ordinal);
        Assert.False(await engine.Images.ExistsAsync(spec.Tag, Token));
    }
}
