using System.Runtime.InteropServices;
using Faultline.Harness.Sources;
using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Tests.Sources.Trees;

/// <summary>Changes the user of the whole process, so no other test may run at the same time.</summary>
[CollectionDefinition(nameof(UnreadableTreeTests), DisableParallelization = true)]
[Collection(nameof(UnreadableTreeTests))]
public sealed class UnreadableTreeTests
{
    private const uint Nobody = 65534;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_101_101;

    [Theory]
    [InlineData("mm/secret.c", "file", "0600")]
    [InlineData("mm/secrets", "folder", "0700")]
    public async Task What_cannot_be_read_is_named_with_its_owner_and_the_way_out(string name, string what, string mode)
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, Everybody);
        folder.Write("tree/Makefile", "one");
        folder.Write(what == "folder" ? $"tree/{name}/inside.c" : $"tree/{name}", "one");
        var hidden = folder.Of("tree", name);
        // Root reads everything, so it steps back; anybody else cannot read their own file without a mode.
        var owner = GetEffectiveUser();
        File.SetUnixFileMode(hidden, owner != 0 ? UnixFileMode.None : (UnixFileMode)Convert.ToInt32(mode, 8));
        TreeUnreadableException failure;
        try
        {
            Assert.True(owner != 0 || SetEffectiveUser(Nobody) == 0);
            failure = await Assert.ThrowsAsync<TreeUnreadableException>(
                () => TreeScan.OfAsync(folder.Of("tree"), folder.Of("caches"), TestContext.Current.CancellationToken));
        }
        finally
        {
            Assert.True(owner != 0 || SetEffectiveUser(0) == 0);
            File.SetUnixFileMode(hidden, Everybody);
        }

        var shown = owner != 0 ? "0000" : mode;
        Assert.Contains($"{hidden} ({what} of user {owner}, mode {shown})", failure.Message, StringComparison.Ordinal);
        Assert.Contains("run as its owner", failure.Message, StringComparison.Ordinal);
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint GetEffectiveUser();

    // All threads of the process, as glibc does it.
    [DllImport("libc", EntryPoint = "seteuid")]
    private static extern int SetEffectiveUser(uint user);
}
