using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

[Trait("needs", "engine")]
public class PruneOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Pruning by the label of every run would take what other tests work with; the same call with a label of this test's own does not.</summary>
    [Fact]
    public async Task What_carries_the_label_goes_and_nothing_else()
    {
        var engine = await fixture.EngineAsync();
        var image = (await fixture.ShellAsync("true")).Image;
        var label = $"org.faultline.test-{Guid.NewGuid():N}";
        var labels = new Dictionary<string, string> { [label] = "1" };
        using var client = new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();
        await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = label, Labels = labels }, Token);
        await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = label + "-held", Labels = labels }, Token);
        using var run = FileLock.TryTake(VolumeOperations.LockOf(label + "-held"))!;
        await engine.Volumes.EnsureAsync(label + "-other", Token);
        var container = await client.Containers.CreateContainerAsync(
            new CreateContainerParameters { Image = image, Entrypoint = ["/bin/sleep", "600"], Labels = labels, Name = label }, Token);
        await client.Containers.StartContainerAsync(container.ID, new ContainerStartParameters(), Token);
        try
        {
            var kept = await engine.PruneAsync(label + "=1", containersOnly: true, Token);
            Assert.Equal([label], kept.Containers);
            Assert.True(await engine.Volumes.ExistsAsync(label, Token));

            var pruned = await engine.PruneAsync(label + "=1", containersOnly: false, Token);
            Assert.Equal([label], pruned.Volumes);
            Assert.Equal([label + "-held"], pruned.VolumesInUse);
            Assert.Empty(pruned.Containers);
            Assert.False(File.Exists(VolumeOperations.LockOf(label)));
            Assert.True(await engine.Volumes.ExistsAsync(label + "-held", Token));
            Assert.False(await engine.Volumes.ExistsAsync(label, Token));
            Assert.True(await engine.Volumes.ExistsAsync(label + "-other", Token));
            Assert.True(await engine.Images.ExistsAsync(image, Token));

            run.Dispose();
            var rest = await engine.PruneAsync(label + "=1", containersOnly: false, Token);
            Assert.Equal([label + "-held"], rest.Volumes);
            Assert.Empty(rest.VolumesInUse);
            Assert.False(File.Exists(VolumeOperations.LockOf(label + "-held")));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(label + "-held", CancellationToken.None);
            await engine.Volumes.RemoveAsync(label + "-other", CancellationToken.None);
        }
    }
}
