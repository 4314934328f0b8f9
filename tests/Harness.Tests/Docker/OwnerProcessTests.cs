using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class OwnerProcessTests
{
    [Fact]
    public void A_live_process_is_not_gone_and_a_reused_or_unknown_pid_is()
    {
        var mine = OwnerProcess.Current!;
        Assert.False(OwnerProcess.IsGone(mine));
        Assert.False(OwnerProcess.IsOther(mine));
        var first = File.ReadAllText("/proc/1/stat");
        var init = $"{mine.Split('/')[0]}/{mine.Split('/')[1]}/1/{first[(first.LastIndexOf(')') + 2)..].Split(' ')[19]}";
        Assert.True(OwnerProcess.IsOther(init));
        Assert.False(OwnerProcess.IsGone(init));
        var parts = mine.Split('/');
        Assert.True(OwnerProcess.IsGone($"{parts[0]}/{parts[1]}/{parts[2]}/1"));
        using var child = Process.Start("true");
        child.WaitForExit();
        Assert.True(OwnerProcess.IsGone($"{parts[0]}/{parts[1]}/{child.Id}/{parts[3]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("another-boot/pid:[1]/1/1")]
    public void Nothing_is_said_of_another_machine(string owner) => Assert.False(OwnerProcess.IsGone(owner));

    [Fact]
    [Trait("needs", "engine")]
    public async Task A_killed_process_s_container_is_removed_by_the_next_that_connects()
    {
        var token = TestContext.Current.CancellationToken;
        using var engine = await ContainerEngine.ConnectAsync(token);
        var image = await new BaseImage(RepositoryRoot.Of("images", "bookworm")).EnsureAsync(engine, cancellation: token);
        using var client = new DockerClientBuilder().WithEndpoint(engine.Endpoint.Uri).Build();
        var parts = OwnerProcess.Current!.Split('/');
        async Task<string> MakeAsync(string owner)
        {
            var name = $"faultline-owner-{Guid.NewGuid():N}";
            var labels = new Dictionary<string, string>
            {
                [ContainerEngine.Label] = "1", [ContainerEngine.ContainerLabel] = name, [OwnerProcess.Label] = owner,
            };
            var parameters = new CreateContainerParameters { Name = name, Image = image.Tag, Entrypoint = ["/bin/true"], Labels = labels };
            return (await client.Containers.CreateContainerAsync(parameters, token)).ID;
        }

        var orphan = await MakeAsync($"{parts[0]}/{parts[1]}/{parts[2]}/1");
        var owned = await MakeAsync(OwnerProcess.Current!);
        try
        {
            using var next = await ContainerEngine.ConnectAsync(token);
            var left = (await client.Containers.ListContainersAsync(new ContainersListParameters { All = true }, token)).Select(c => c.ID).ToList();
            Assert.DoesNotContain(orphan, left);
            Assert.Contains(owned, left);
        }
        finally
        {
            await client.Containers.RemoveContainerAsync(owned, new ContainerRemoveParameters { Force = true }, CancellationToken.None);
        }
    }
}
