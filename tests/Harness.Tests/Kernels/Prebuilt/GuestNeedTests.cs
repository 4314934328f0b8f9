using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels.Prebuilt;

namespace Faultline.Harness.Tests.Kernels.Prebuilt;

public sealed class GuestNeedTests
{
    private static string GuestConfig => File.ReadAllText(RepositoryRoot.Of("linux-patch", "kconfig", "guest.config"));

    [Fact]
    public void The_kernels_that_are_built_here_have_all_of_it() => Assert.Empty(Missing(GuestConfig, modules: false));

    [Fact]
    public void What_is_missing_is_told_one_line_each()
    {
        var config = GuestConfig.Replace("CONFIG_EROFS_FS=y", "# CONFIG_EROFS_FS is not set", StringComparison.Ordinal)
            .Replace("CONFIG_FUTEX=y", "CONFIG_FUTEX=m", StringComparison.Ordinal);
        Assert.Equal(
            [
                "CONFIG_EROFS_FS is not set: programs and suite are in erofs images",
                "CONFIG_FUTEX is a module and must be built in: the .NET runtime's locks",
            ],
            Missing(config, modules: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false, "CONFIG_VIRTIO_BLK is a module, which is not in the image: programs and suite are on virtio disks. "
        + "Build it in, or give the kernel's package")]
    public void A_module_serves_where_it_is_at_hand(bool modules, params string[] missing) => Assert.Equal(
        missing, Missing(GuestConfig.Replace("CONFIG_VIRTIO_BLK=y", "CONFIG_VIRTIO_BLK=m", StringComparison.Ordinal), modules));

    private static IReadOnlyList<string> Missing(string config, bool modules) => GuestNeed.Missing(KconfigValues.Parse(config), modules);
}
