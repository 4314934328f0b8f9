using CliWrap;
using Faultline.Harness.Docker;
using Faultline.Harness.Kernels.Prebuilt;
using Faultline.Harness.Tests.Guest;

namespace Faultline.Harness.Tests.Kernels.Prebuilt;

/// <summary>Kernels that were built elsewhere: of an image no more than the header is real here, for nothing of it is run.</summary>
[Trait("needs", "engine")]
public sealed class PrebuiltTakerTests : IDisposable
{
    private const string Release = "6.12.9-elsewhere";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string GuestConfig => File.ReadAllText(RepositoryRoot.Of("linux-patch", "kconfig", "guest.config"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_configuration_beside_an_image_decides_where_none_is_in_it()
    {
        var image = Image("vmlinuz-" + Release);
        Assert.Null((await TakeAsync(image)).Checked);

        var config = _folder.Write("config-" + Release, GuestConfig.Replace("CONFIG_EPOLL=y\n", "", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<CannotCarryGuestException>(() => TakeAsync(image));
        Assert.Equal(["CONFIG_EPOLL is not set: the .NET runtime waits with it"], refused.Missing);

        File.WriteAllText(config, GuestConfig);
        var kernel = await TakeAsync(image);
        Assert.Equal((Release, config, (string?)null), (kernel.Release, kernel.Checked, kernel.Modules));
        Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(kernel.Image));
    }

    [Fact]
    public async Task A_package_brings_its_configuration_and_the_modules_that_a_guest_begins_with()
    {
        Image(Path.Combine("package", "boot", "vmlinuz-" + Release));
        _folder.Write(
            Path.Combine("package", "boot", "config-" + Release),
            GuestConfig.Replace("CONFIG_EROFS_FS=y", "CONFIG_EROFS_FS=m", StringComparison.Ordinal)
                .Replace("CONFIG_VIRTIO_BLK=y", "CONFIG_VIRTIO_BLK=m", StringComparison.Ordinal));
        Module("fs/erofs/erofs.ko", "depends=libcrc32c\0");
        Module("lib/libcrc32c.ko", "depends=\0softdep=pre: crypto-crc32c\0");
        Module("crypto/crc32c_generic.ko", "alias=crypto-crc32c\0depends=\0");
        Module("drivers/block/virtio_blk.ko", "depends=\0");
        Module("fs/ext4/ext4.ko", "depends=mbcache\0");

        var kernel = await TakeAsync(await PackageAsync());

        Assert.Equal("it", kernel.Checked);
        Assert.Equal(
            ["virtio_blk", "crc32c_generic", "libcrc32c", "erofs"],
            await File.ReadAllLinesAsync(Path.Combine(kernel.Modules!, "order"), Token));
        Assert.Equal(5, Directory.GetFiles(kernel.Modules!).Length);
    }

    [Fact]
    public async Task A_package_without_a_kernel_says_so()
    {
        _folder.Write(Path.Combine("package", "usr", "share", "doc", "README"), "nothing");
        var refused = await Assert.ThrowsAsync<NoKernelException>(async () => await TakeAsync(await PackageAsync()));
        Assert.Contains("the package has no /boot/vmlinuz-*", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x7f" + "ELF and more", "it is no bootable image of a kernel, but an ELF file")]
    [InlineData("", "it is no bootable image of a kernel")]
    public async Task Another_file_is_refused(string content, string why)
    {
        var refused = await Assert.ThrowsAsync<NoKernelException>(() => TakeAsync(_folder.Write("file", content)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private async Task<PrebuiltKernel> TakeAsync(string file)
    {
        using var engine = await ContainerEngine.ConnectAsync(Token);
        var checkout = new Checkout(RepositoryRoot.Of(), _folder.Of("artifacts"));
        return await new PrebuiltTaker(checkout, _ => Task.FromResult(engine)).TakeAsync(file, new RecordedProgress(), Token);
    }

    private string Image(string name)
    {
        var path = _folder.Write(name, "");
        File.WriteAllBytes(path, ImageHeader.Of(Release));
        return path;
    }

    private void Module(string path, string info) =>
        _folder.Write(Path.Combine("package", "lib", "modules", Release, "kernel", path), "\x7f" + "ELF\0" + info);

    private async Task<string> PackageAsync()
    {
        _folder.Write(
            Path.Combine("package", "DEBIAN", "control"),
            "Package: linux-image-elsewhere\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: a test\n");
        var package = _folder.Of("linux-image.deb");
        await Cli.Wrap("dpkg-deb").WithArguments(["--build", "--root-owner-group", _folder.Of("package"), package]).ExecuteAsync(Token);
        return package;
    }
}
