using System.Runtime.CompilerServices;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Generated;

/// <summary>One ioctl of the header, for the misuse that every ioctl must refuse.</summary>
/// <param name="Name">The macro.</param>
/// <param name="Code">The request code.</param>
/// <param name="ArgumentSize">Size of the argument struct in bytes; 0 without one.</param>
/// <param name="RangeStartOffset">Where the destination address lies in the argument; null without one.</param>
/// <param name="RangeLengthOffset">Where the length lies; null without one.</param>
/// <param name="ModeOffset">Where the mode bits lie; null without them.</param>
/// <param name="ModeSize">Size of the mode field in bytes.</param>
/// <param name="KnownModes">Every mode bit of the header.</param>
public readonly record struct IoctlCase(
    string Name, uint Code, int ArgumentSize, int? RangeStartOffset, int? RangeLengthOffset, int? ModeOffset, int ModeSize, ulong KnownModes);

/// <summary>The bodies of the tests generated from the kernel's own header. They ask the running kernel.</summary>
public static class GeneratedChecks
{
    private const nuint Page = 4096;

    /// <summary>_IOC_SIZEMASK of asm-generic/ioctl.h: fourteen bits.</summary>
    private const uint IoctlSizeMask = (1u << 14) - 1;

    /// <summary>The feature was refused exactly as a kernel without it refuses; the runner reports it as <c>asControl</c>.</summary>
    internal static bool RefusedAsControl { get; set; }

    /// <summary>A struct to be measured.</summary>
    public static ref readonly T Blank<T>() where T : unmanaged => ref (new T[1])[0];

    /// <summary>The generated C# struct has the size, the field offsets and the field sizes clang computed from the header.</summary>
    public static void Layout<T>(in T record, string cName, int size, int align, params FieldLayout[] fields) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(fields);
        Assert.True(Unsafe.SizeOf<T>() == size, $"{cName}: C# size {Unsafe.SizeOf<T>()}, C size {size}");
        Assert.True(size % align == 0, $"{cName}: size {size} is no multiple of its alignment {align}");
        foreach (var field in fields)
        {
            Assert.True(field.Offset == field.COffset, $"{cName}.{field.Name}: C# offset {field.Offset}, C offset {field.COffset}");
            Assert.True(field.Size == field.CSize, $"{cName}.{field.Name}: C# size {field.Size}, C size {field.CSize}");
        }
    }

    /// <summary>The running kernel knows exactly this request code.</summary>
    /// <remarks>
    /// userfaultfd_ioctl and userfaultfd_dev_ioctl compare the whole code, argument size included, and answer EINVAL to any other. A known
    /// code reads its argument first, so a null argument is EFAULT; USERFAULTFD_IOC_NEW has none and opens a descriptor.
    /// </remarks>
    public static void IoctlCode(string name, uint expected, uint actual, int argumentSize)
    {
        Assert.True(expected == actual, $"{name}: C# code 0x{actual:x}, C code 0x{expected:x}");
        var carried = actual >> 16 & IoctlSizeMask;
        Assert.True(carried == argumentSize, $"{name}: the code carries size {carried}, the argument has {argumentSize}");
        if (argumentSize == 0)
        {
            using var device = RawDescriptor.Open("/dev/userfaultfd");
            AssertErrno(name, "on /dev/userfaultfd", Errno.None, device.Ioctl(actual, null, closeResult: true));
            AssertErrno(name, "with its number changed", Errno.EINVAL, device.Ioctl(actual ^ 0x40, null));
            return;
        }
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: true);
        AssertErrno(name, "with a null argument", Errno.EFAULT, uffd.Ioctl(actual, null));
        AssertErrno(name, "with its argument size changed", Errno.EINVAL, uffd.Ioctl(actual ^ (8u << 16), null));
    }

    /// <summary>
    /// UFFDIO_API reports the bit, and accepts it when asked for it alone, or with what else is offered where it needs another one: as of
    /// Linux 7.3 RWP_ASYNC needs RWP. The feature under test needs none.
    /// </summary>
    /// <remarks>A kernel must report every bit of its own header: the suite's kconfig leaves none out. Only the reference, configured by others, may lack one.</remarks>
    public static void FeatureNegotiates(string macro, ulong bit)
    {
        using var ask = RawDescriptor.Userfaultfd(withHandshake: false);
        var none = ask.Handshake(0, out var offered);
        AssertErrno("UFFDIO_API", "without features", Errno.None, none);
        using var demand = RawDescriptor.Userfaultfd(withHandshake: false);
        var errno = demand.Handshake(bit, out var granted);
        var reported = (offered & bit) == bit;
        if (reported && errno == Errno.EINVAL && bit != FeatureBits.Current.UnderTest)
        {
            using var all = RawDescriptor.Userfaultfd(withHandshake: false);
            errno = all.Handshake(offered & ~(ulong)UffdFeature.EventFork | bit, out granted);
        }
        RefusedAsControl = (offered & bit) == 0 && errno == Errno.EINVAL && granted == 0;
        if (RefusedAsControl && Profile.Current.IsReference)
            Assert.Skip($"{macro} is not offered by {Procfs.KernelRelease}, which this project did not configure; it refuses the bit with EINVAL, as it must.");
        Assert.True(reported, $"{macro} (0x{bit:x}) is in the kernel's header, yet UFFDIO_API reports only 0x{offered:x}: is its kconfig option off, or the mask wrong?");
        AssertErrno("UFFDIO_API", $"asked for {macro}", Errno.None, errno);
        Assert.True((granted & bit) == bit, $"UFFDIO_API accepted {macro} but its answer 0x{granted:x} lacks the bit");
    }

    /// <summary>Before the handshake every ioctl is EINVAL (userfaultfd_is_initialized; UFFDIO_API itself refuses an API number of 0).</summary>
    public static void MisuseBeforeHandshake(IoctlCase c)
    {
        using var uffd = RawDescriptor.Userfaultfd(withHandshake: false);
        AssertErrno(c.Name, "before the handshake", Errno.EINVAL, uffd.Ioctl(c.Code, new byte[Math.Max(c.ArgumentSize, 8)]));
    }

    /// <summary>A start or a length off the page boundary is EINVAL (validate_range).</summary>
    public static void MisuseUnaligned(IoctlCase c)
    {
        using var target = new MisuseTarget();
        AssertErrno(c.Name, "with an unaligned start", Errno.EINVAL, target.Ioctl(c, start: target.Start + 1, length: Page));
        AssertErrno(c.Name, "with an unaligned length", Errno.EINVAL, target.Ioctl(c, start: target.Start, length: Page - 1));
    }

    /// <summary>A length of 0 is EINVAL (validate_range).</summary>
    public static void MisuseZeroLength(IoctlCase c)
    {
        using var target = new MisuseTarget();
        AssertErrno(c.Name, "with length 0", Errno.EINVAL, target.Ioctl(c, target.Start, length: 0));
    }

    /// <summary>A mode bit the header does not know is EINVAL, each of them.</summary>
    /// <remarks>The reference may be newer than its header, so only the highest bit is certain there.</remarks>
    public static void MisuseUnknownModeBits(IoctlCase c)
    {
        using var target = new MisuseTarget();
        var highest = c.ModeSize * 8 - 1;
        for (var bit = Profile.Current.IsReference ? highest : 0; bit <= highest; bit++)
        {
            if ((c.KnownModes >> bit & 1) == 0)
                AssertErrno(c.Name, $"with unknown mode bit {bit}", Errno.EINVAL, target.Ioctl(c, target.Start, Page, 1UL << bit));
        }
    }

    /// <summary>A descriptor that is no userfaultfd does not take the ioctl: ENOTTY on /dev/null, EBADF on none at all.</summary>
    public static void MisuseWrongFd(IoctlCase c)
    {
        using var wrong = RawDescriptor.Open("/dev/null");
        AssertErrno(c.Name, "on /dev/null", Errno.ENOTTY, wrong.Ioctl(c.Code, new byte[Math.Max(c.ArgumentSize, 8)]));
        AssertErrno(c.Name, "on descriptor -1", Errno.EBADF, RawDescriptor.None.Ioctl(c.Code, new byte[Math.Max(c.ArgumentSize, 8)]));
    }

    private static void AssertErrno(string name, string circumstance, Errno expected, Errno actual) =>
        Assert.True(expected == actual, $"{name} {circumstance}: expected {Watched.Name(expected)}, got {Watched.Name(actual)}");
}
