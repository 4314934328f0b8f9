using Faultline.AbiModel;

namespace Faultline.Uffd;

/// <summary>What UFFDIO_REGISTER answered.</summary>
/// <param name="Memory"><c>anon</c>, <c>shmem</c> or <c>hugetlb</c>.</param>
/// <param name="Modes"><c>missing</c>, <c>wp</c>, <c>minor</c>.</param>
/// <param name="Errno">Why it refused, or empty.</param>
/// <param name="Ioctls">Bit n: the range takes ioctl number n.</param>
public sealed record LiveRange(string Memory, EquatableArray<string> Modes, string Errno, ulong Ioctls);
