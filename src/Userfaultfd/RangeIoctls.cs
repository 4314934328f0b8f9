using Faultline.Userfaultfd.Abi;

namespace Faultline.Userfaultfd;

/// <summary>The ioctls a registered range takes, as UFFDIO_REGISTER answers them (<c>uffdio_register.ioctls</c>).</summary>
/// <param name="Bits">Bit n set: ioctl number n works on the whole range.</param>
public readonly record struct RangeIoctls(ulong Bits)
{
    /// <summary>Whether the range takes <paramref name="request"/>; the ioctl's number is the low byte of its code.</summary>
    public bool Supports<T>(IoctlRequest<T> request) where T : unmanaged => (Bits >> (int)(request.Code & 0x3f) & 1) != 0;
}
