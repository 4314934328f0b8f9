using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Abi;

namespace Faultline.UffdProbe;

/// <summary>What UFFDIO_REGISTER answers for one kind of memory and one combination of modes.</summary>
/// <param name="Memory"><c>anon</c>, <c>shmem</c> or <c>hugetlb</c>.</param>
/// <param name="Modes">The modes asked for, together.</param>
/// <param name="Errno"><see cref="Errno.None"/> when it registered.</param>
/// <param name="Ioctls">The ioctls the range then takes; none when it did not register.</param>
public sealed record LiveRange(string Memory, UffdioRegisterMode Modes, Errno Errno, RangeIoctls Ioctls)
{
    /// <summary>The modes by name: <c>missing+wp</c>.</summary>
    public string ModeNames => string.Join('+', RangeProbe.Modes.Where(mode => (Modes & mode.Bit) != 0).Select(mode => mode.Name));
}
