using Faultline.Harness.Kernels.Prebuilt;
using Faultline.Harness.Tests.Guest;

namespace Faultline.Harness.Tests.Kernels.Prebuilt;

/// <summary>What a kernel that was built elsewhere tells without being taken apart, and so without an engine.</summary>
public sealed class LookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_image_tells_its_release_in_its_header()
    {
        var image = _folder.Write("vmlinuz", "");
        File.WriteAllBytes(image, ImageHeader.Of("6.12.9-elsewhere"));
        Assert.Equal("6.12.9-elsewhere", Look(image)?.Release);
        Assert.False(Directory.Exists(_folder.Of("artifacts")));
    }

    [Theory]
    [InlineData("linux-image-6.12.113+deb12-cloud-amd64-unsigned_6.12.113-1~deb12u1_amd64.deb", "6.12.113+deb12-cloud-amd64")]
    [InlineData("linux-image-6.1.0-50-amd64_6.1.192-1_amd64.deb", "6.1.0-50-amd64")]
    [InlineData("linux-image-amd64_6.1.192-1_amd64.deb", null)]
    [InlineData("mine.deb", null)]
    public void A_package_tells_it_in_its_name(string name, string? release) =>
        Assert.Equal(release, Look(_folder.Write(name, "!<arch>\n"))?.Release);

    [Theory]
    [InlineData("")]
    [InlineData("\x7f" + "ELF and more")]
    public void Another_file_is_refused(string content) => Assert.Throws<NoKernelException>(() => Look(_folder.Write("file", content)));

    private PrebuiltKernel? Look(string file)
    {
        var checkout = new Checkout(RepositoryRoot.Of(), _folder.Of("artifacts"));
        return new PrebuiltTaker(checkout, _ => throw new InvalidOperationException("no engine is needed")).Look(file);
    }
}
