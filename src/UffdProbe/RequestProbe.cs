using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Native;
using Faultline.Userfaultfd.Abi;

namespace Faultline.UffdProbe;

/// <summary>
/// Tries request codes. <c>userfaultfd_ioctl</c> compares the whole code and answers EINVAL to any other; a code it knows fails on
/// reading the null argument.
/// </summary>
internal static class RequestProbe
{
    /// <summary>
    /// Numbers 0x00 to 0x3F belong to an API (comment in linux/userfaultfd.h), as the bitmaps of UFFDIO_API and UFFDIO_REGISTER have 64
    /// bits.
    /// </summary>
    private const uint Numbers = 64;

    /// <summary>Longest argument tried, in bytes; the longest one known has 40.</summary>
    private const uint LongestArgument = 256;

    /// <summary>Sizes tried are multiples of it. Every argument so far is one of 8, and an emulated guest feels each call.</summary>
    private const uint SizeStep = 4;

    private const int NumberBits = 8, TypeBits = 8, SizeBits = 14;

    internal static List<uint> OfDescriptor(UserfaultfdDescriptor uffd)
    {
        var fd = (int)uffd.Handle.DangerousGetHandle();
        return [.. Codes().Where(code => Libc.Ioctl(fd, code, 0) >= 0 || Libc.LastErrno() is not (Errno.EINVAL or Errno.ENOTTY))];
    }

    /// <summary>
    /// Only requests without a struct: that of the device takes the flags of the new descriptor, which are open here as the library
    /// opens them.
    /// </summary>
    internal static List<uint> OfDevice(out Errno errno)
    {
        var device = Libc.Open("/dev/userfaultfd", Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        errno = device < 0 ? Libc.LastErrno() : Errno.None;
        var known = new List<uint>();
        if (device < 0)
            return known;
        for (uint number = 0; number < Numbers; number++)
        {
            var fd = Libc.Ioctl(device, Code(0, 0, number), (nint)(OpenOptions.Default | OpenOptions.UserModeOnly));
            if (fd < 0 && Libc.LastErrno() is Errno.EINVAL or Errno.ENOTTY)
                continue;
            known.Add(Code(0, 0, number));
            // A request that opens nothing answers 0, which is not ours to close.
            if (fd > 2)
                _ = Libc.Close(fd);
        }

        _ = Libc.Close(device);
        return known;
    }

    /// <summary>read(2) answers EINVAL to a buffer that holds no whole message, and EAGAIN to one that does while none waits.</summary>
    internal static unsafe int MessageSize(UserfaultfdDescriptor uffd)
    {
        var buffer = stackalloc byte[(int)LongestArgument];
        for (var length = 1; length <= LongestArgument; length++)
        {
            if (Libc.Read(uffd.Handle, buffer, (nuint)length) >= 0 || Libc.LastErrno() != Errno.EINVAL)
                return length;
        }

        return 0;
    }

    private static IEnumerable<uint> Codes()
    {
        for (uint direction = 0; direction < 4; direction++)
        {
            var (least, most) = direction == 0 ? (0u, 0u) : (SizeStep, LongestArgument);
            for (var size = least; size <= most; size += SizeStep)
            {
                for (uint number = 0; number < Numbers; number++)
                    yield return Code(direction, size, number);
            }
        }
    }

    /// <summary>The encoding of asm-generic/ioctl.h, which x86, arm and riscv use.</summary>
    private static uint Code(uint direction, uint size, uint number) =>
        (((((direction << SizeBits) | size) << TypeBits) | (uint)UserfaultfdConstants.UffdApi) << NumberBits) | number;
}
