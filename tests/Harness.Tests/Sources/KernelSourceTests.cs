using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class KernelSourceTests
{
    [Fact]
    public void A_folder_without_kernel_files_is_refused_by_what_it_lacks()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Makefile", "");
        var failure = Assert.Throws<KernelSourceException>(() => KernelSource.FromTree(folder.Path));
        Assert.Contains("has no Kconfig", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_is_named_by_its_folder_however_that_is_written()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c"])
            folder.Write(file, "");
        foreach (var name in (string[])["", "/", "/.", "/mm/..", "/mm/../"])
            Assert.Equal(folder.Path, KernelSource.FromTree(folder.Path + name).Folder);
    }

    [Theory]
    [InlineData("# SPDX-License-Identifier: GPL-2.0\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\n", "6.12")]
    [InlineData("all:\n", null)]
    public void A_tree_tells_its_version(string makefile, string? version)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["Kconfig", "mm/userfaultfd.c"])
            folder.Write(file, "");
        folder.Write("Makefile", makefile);
        Assert.Equal(version, KernelSource.FromTree(folder.Path).Version?.ToString());
    }
}
