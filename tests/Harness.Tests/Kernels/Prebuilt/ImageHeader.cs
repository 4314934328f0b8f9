using System.Text;

namespace Faultline.Harness.Tests.Kernels.Prebuilt;

/// <summary>The header of a bootable image, by Documentation/x86/boot.rst, and no kernel behind it.</summary>
internal static class ImageHeader
{
    public static byte[] Of(string release)
    {
        var image = new byte[4096];
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        image[0x206] = 0x0f;
        image[0x207] = 0x02;
        BitConverter.GetBytes((ushort)0x400).CopyTo(image, 0x20e);
        Encoding.ASCII.GetBytes(release + " (somebody@elsewhere) #1 SMP").CopyTo(image, 0x600);
        return image;
    }
}
