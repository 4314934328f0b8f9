using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

/// <summary>Pruning by the label of every run would take what other tests work with; the same call with a label of each test's own does not.</summary>
[Trait("needs", "engine")]
public class PruneOperationsTests(EngineFixture fixture)
{
    private readonly string _label = $"org.faultline.test-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Label => _label + "=1";

    private Dictionary<string, string> Labels => new() { [_label] = "1" };

    [Fact]
    public async Task What_carries_the_label_goes_and_nothing_else()
    {
        var engine = await fixture.EngineAsync();
        var image = (await fixture.ShellAsync("true")).Image;
        using var client = Client(engine);
        await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = _label, Labels = Labels }, Token);
        await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = _label + "-held", Labels = Labels }, Token);
        using var run = FileLock.TryTake(VolumeOperations.LockOf(_label + "-held"))!;
        await engine.Volumes.EnsureAsync(_label + "-other", new VolumePurpose("a test"), Token);
        await StartAsync(client, image, _label, ownName: _label);
        try
        {
            var shown = await engine.PruneAsync(Label, new PruneRequest(DryRun: true), Token);
            Assert.Equal([_label], shown.Containers);
            Assert.Equal([_label], shown.Volumes.Select(volume => volume.Name));
            Assert.Equal([_label + "-held"], shown.VolumesInUse);
            Assert.True(await engine.Volumes.ExistsAsync(_label, Token));

            var kept = await engine.PruneAsync(Label, new PruneRequest(PruneScope.Containers), Token);
            Assert.Equal([_label], kept.Containers);
            Assert.True(await engine.Volumes.ExistsAsync(_label, Token));

            var pruned = await engine.PruneAsync(Label, new PruneRequest(), Token);
            Assert.Equal([_label], pruned.Volumes.Select(volume => volume.Name));
            Assert.Equal([_label + "-held"], pruned.VolumesInUse);
            Assert.Empty(pruned.Containers);
            Assert.False(File.Exists(VolumeOperations.LockOf(_label)));
            Assert.True(await engine.Volumes.ExistsAsync(_label + "-held", Token));
            Assert.False(await engine.Volumes.ExistsAsync(_label, Token));
            Assert.True(await engine.Volumes.ExistsAsync(_label + "-other", Token));
            Assert.True(await engine.Images.ExistsAsync(image, Token));

            run.Dispose();
            var rest = await engine.PruneAsync(Label, new PruneRequest(), Token);
            Assert.Equal([_label + "-held"], rest.Volumes.Select(volume => volume.Name));
            Assert.Empty(rest.VolumesInUse);
            Assert.False(File.Exists(VolumeOperations.LockOf(_label + "-held")));
        }
        finally
        {
            await engine.Volumes.RemoveAsync(_label + "-held", CancellationToken.None);
            await engine.Volumes.RemoveAsync(_label + "-other", CancellationToken.None);
        }
    }

    /// <summary>A container has its image's labels, and one made of a copy of Faultline's container even the copied container's own.</summary>
    [Fact]
    public async Task What_a_person_made_from_our_images_stays()
    {
        var engine = await fixture.EngineAsync();
        using var client = Client(engine);
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", $"ARG BASE\nFROM ${{BASE}}\nLABEL {_label}=1\n");
        var image = (await engine.Images.EnsureAsync(
            new ImageSpec("test-prune", folder.Path, new BaseImage(RepositoryRoot.Of("images", "bookworm"))), null, Token)).Tag;
        var (mine, copy) = ($"{_label.Split('.')[^1]}-mine", $"faultline-test/{_label.Split('-')[^1]}:copy");
        var leftover = await client.Containers.CreateContainerAsync(
            ContainerRequest.Of((await fixture.ShellAsync("true")) with { Image = image }, _label, engine), Token);
        try
        {
            await client.Images.CommitContainerChangesAsync(
                new CommitContainerChangesParameters { ContainerID = leftover.ID, RepositoryName = copy.Split(':')[0], Tag = "copy" }, Token);
            await StartAsync(client, image, mine, ownName: null);
            await StartAsync(client, copy, mine + "-copy", ownName: null);

            var pruned = await engine.PruneAsync(Label, new PruneRequest(PruneScope.Containers), Token);
            Assert.Equal([_label], pruned.Containers);
            Assert.Equal([$"/{mine}", $"/{mine}-copy"], (await fixture.ContainersAsync(mine)).Order());

            // The first image has a container, and the second a name that is not ours.
            var all = await engine.PruneAsync(Label, new PruneRequest(), Token);
            Assert.Equal([image], all.ImagesInUse);
            Assert.Empty(all.Images);
            Assert.True(await engine.Images.ExistsAsync(image, Token));

            await fixture.RemoveContainersAsync(mine);
            var rest = await engine.PruneAsync(Label, new PruneRequest(), Token);
            Assert.Equal([image], rest.Images);
            Assert.False(await engine.Images.ExistsAsync(image, Token));
            Assert.True(await engine.Images.ExistsAsync(copy, Token));
        }
        finally
        {
            await fixture.RemoveContainersAsync(mine);
            await engine.Images.RemoveAsync(copy, CancellationToken.None);
            await engine.Images.RemoveAsync(image, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_new_connection_removes_the_containers_of_a_dead_process_and_not_a_copy_that_a_person_runs()
    {
        var engine = await fixture.EngineAsync();
        using var client = Client(engine);
        var image = (await fixture.ShellAsync("true")).Image;
        var (leftover, mine) = (_label, $"{_label.Split('.')[^1]}-mine");
        var dead = OwnerProcess.Current![..(OwnerProcess.Current!.LastIndexOf('/') + 1)] + "1";
        try
        {
            foreach (var name in new[] { leftover, mine })
                await StartAsync(client, image, name, ownName: leftover, ContainerEngine.Label, dead);
            (await ContainerEngine.ConnectAsync(Token)).Dispose();
            Assert.Empty(await fixture.ContainersAsync(leftover));
            Assert.Single(await fixture.ContainersAsync(mine));
        }
        finally
        {
            await fixture.RemoveContainersAsync(mine);
        }
    }

    [Fact]
    public async Task Stale_volumes_go_alone_and_every_volume_is_told_with_size_and_purpose()
    {
        var engine = await fixture.EngineAsync();
        using var client = Client(engine);
        using var folder = new TemporaryFolder();
        Dictionary<string, VolumePurpose> purposes = new()
        {
            ["gone"] = new VolumePurpose("kernels of a tree", folder.Of("gone")),
            ["here"] = new VolumePurpose("kernels of a tree", folder.Path),
            ["cache"] = new VolumePurpose("compiler cache"),
        };
        try
        {
            foreach (var (name, purpose) in purposes)
                await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = $"{_label}-{name}", Labels = purpose.AddTo(Labels) }, Token);
            var spec = await fixture.ShellAsync("head -c 3000000 /dev/zero > /data/file");
            await engine.Containers.RunCheckedAsync(spec with { User = "0:0", Mounts = [ContainerMount.OfVolume($"{_label}-gone", "/data")] }, cancellation: Token);

            var shown = await engine.PruneAsync(Label, new PruneRequest(DryRun: true), Token);
            Assert.Equal(
                [("cache", "compiler cache", false), ("gone", "kernels of a tree", true), ("here", "kernels of a tree", false)],
                shown.Volumes.Select(volume => (volume.Name[(_label.Length + 1)..], volume.Purpose!, volume.IsStale)));
            Assert.InRange(shown.Volumes[1].Bytes!.Value, 3_000_000, 3_100_000);

            using (FileLock.TryTake(VolumeOperations.LockOf($"{_label}-gone")))
                Assert.Equal([$"{_label}-gone"], (await engine.PruneAsync(Label, new PruneRequest(PruneScope.StaleVolumes), Token)).VolumesInUse);
            var pruned = await engine.PruneAsync(Label, new PruneRequest(PruneScope.StaleVolumes), Token);
            Assert.Equal([$"{_label}-gone"], pruned.Volumes.Select(volume => volume.Name));
            Assert.True(await engine.Volumes.ExistsAsync($"{_label}-here", Token));
            Assert.True(await engine.Volumes.ExistsAsync($"{_label}-cache", Token));
        }
        finally
        {
            foreach (var name in purposes.Keys)
                await engine.Volumes.RemoveAsync($"{_label}-{name}", CancellationToken.None);
        }
    }

    private static DockerClient Client(ContainerEngine engine) => new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();

    /// <summary>As a person does it, or with the label that Faultline gives its own.</summary>
    private async Task StartAsync(DockerClient client, string image, string name, string? ownName, string? label = null, string? owner = null)
    {
        var labels = new Dictionary<string, string> { [label ?? _label] = "1" };
        if (ownName is not null)
            labels[ContainerEngine.ContainerLabel] = ownName;
        if (owner is not null)
            labels[OwnerProcess.Label] = owner;
        var container = await client.Containers.CreateContainerAsync(
            new CreateContainerParameters { Image = image, Entrypoint = ["/bin/sleep", "600"], Labels = labels, Name = name }, Token);
        await client.Containers.StartContainerAsync(container.ID, new ContainerStartParameters(), Token);
    }
}
