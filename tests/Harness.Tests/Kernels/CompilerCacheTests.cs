using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

[Trait("needs", "engine")]
public sealed class CompilerCacheTests(EngineFixture fixture)
{
    /// <summary>
    /// As kbuild makes a bootable image: the compressed kernel is an .incbin of a file whose text says its size alone. Another kernel
    /// of that size is not this one.
    /// </summary>
    [Theory]
    [InlineData("image.S", ".incbin \"kernel.gz\"")]
    [InlineData("image.c", "asm(\".incbin \\\"kernel.gz\\\"\");")]
    public async Task An_object_is_not_taken_from_the_cache_when_a_file_inside_it_has_changed(string source, string text)
    {
        var token = TestContext.Current.CancellationToken;
        var engine = await fixture.EngineAsync();
        var image = await engine.Images.EnsureAsync(StepRunner.BuilderImage(new Checkout(RepositoryRoot.Path)), null, token);
        var lines = new List<string>();
        var compile = $"kernel-cc -Wp,-MMD,image.d -c -o image.o {source}; grep -c";
        var exit = await engine.Containers.RunAsync(
            new ContainerSpec
            {
                Image = image.Tag,
                Purpose = "compiler-cache",
                Phase = Phase.Build,
                Command =
                [
                    "/bin/sh", "-ec",
                    $"cd /tmp; echo '{text}' > {source}; echo first > kernel.gz; {compile} first image.o; "
                    + $"echo other > kernel.gz; {compile} other image.o",
                ],
                Environment = new Dictionary<string, string> { ["CCACHE_DIR"] = "/tmp/cache" },
                Mounts = [ContainerMount.Tmpfs("/tmp", 64L << 20)],
            },
            line => lines.Add(line.Text), token);
        Assert.True(exit.Code == 0, string.Join('\n', lines));
        Assert.Equal(["1", "1"], lines);
    }
}
