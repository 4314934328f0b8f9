using System.Globalization;
using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Abi;

namespace Faultline.UffdProbe;

/// <summary>What the running kernel answers about its userfaultfd ABI, found out by asking it and not from any header.</summary>
/// <remarks>
/// Nothing here depends on what the library's header calls things: bits, codes and sizes are the kernel's. Sources:
/// <c>userfaultfd_api</c>, <c>userfaultfd_ioctl</c>, <c>userfaultfd_register</c> and <c>userfaultfd_read_iter</c> in fs/userfaultfd.c.
/// </remarks>
public sealed record LiveAbi
{
    /// <summary>Every feature bit that UFFDIO_API reports.</summary>
    public required ulong Features { get; init; }

    /// <summary>Bit n: UFFDIO_API says that the descriptor takes ioctl number n.</summary>
    public required ulong Ioctls { get; init; }

    /// <summary>Every request code the descriptor knows, ascending; the code holds the size of its argument.</summary>
    public required IReadOnlyList<uint> Requests { get; init; }

    /// <summary>Every request code without an argument struct that <c>/dev/userfaultfd</c> knows, ascending.</summary>
    public required IReadOnlyList<uint> DeviceRequests { get; init; }

    /// <summary>Why the device could not be asked; <see cref="Errno.None"/> when it was.</summary>
    public Errno DeviceErrno { get; init; }

    /// <summary>Bytes of the shortest buffer read(2) takes: <c>sizeof(struct uffd_msg)</c>.</summary>
    public required int MessageSize { get; init; }

    /// <summary>
    /// Every mode bit that UFFDIO_REGISTER takes alone for some kind of memory, with all features or with none: Linux 7.3 takes
    /// UFFDIO_REGISTER_MODE_RWP where its feature was asked for.
    /// </summary>
    public required ulong RegisterModes { get; init; }

    /// <summary>The answers of UFFDIO_REGISTER for each kind of memory and each combination of modes.</summary>
    public required IReadOnlyList<LiveRange> Ranges { get; init; }

    /// <summary>Kinds of memory this machine could not map, and why: huge pages may be off.</summary>
    public IReadOnlyDictionary<string, Errno> Unmapped { get; init; } = new Dictionary<string, Errno>();

    /// <summary>Asks the kernel. Takes milliseconds, changes nothing, needs no privilege.</summary>
    /// <exception cref="UserfaultfdException">No userfaultfd can be opened, or it refuses the handshake.</exception>
    public static LiveAbi Probe()
    {
        using var uffd = Open();
        var api = uffd.Handshake();
        var ranges = RangeProbe.Run(uffd, out var unmapped);
        var device = RequestProbe.OfDevice(out var deviceErrno);
        return new()
        {
            Features = (ulong)api.Offered,
            Ioctls = api.Ioctls,
            Requests = RequestProbe.OfDescriptor(uffd),
            DeviceRequests = device,
            DeviceErrno = deviceErrno,
            MessageSize = RequestProbe.MessageSize(uffd),
            RegisterModes = RangeProbe.AcceptedModes(uffd) | ModesWith(api.Offered),
            Ranges = ranges,
            Unmapped = unmapped,
        };
    }

    /// <summary>
    /// Not with the features that ask for events: whoever makes one waits until it is read, and forks are told to the privileged alone.
    /// </summary>
    private static ulong ModesWith(UffdFeature offered)
    {
        const UffdFeature events = UffdFeature.EventFork | UffdFeature.EventRemap | UffdFeature.EventRemove | UffdFeature.EventUnmap;
        using var uffd = Open();
        try
        {
            uffd.Handshake(offered & ~events);
            return RangeProbe.AcceptedModes(uffd);
        }
        catch (UserfaultfdException)
        {
            // A kernel that offers what it refuses; without features it has answered.
            return 0;
        }
    }

    /// <summary>By system call, and where a sandbox refuses that, by the device. User-mode faults only: that needs no privilege.</summary>
    private static UserfaultfdDescriptor Open()
    {
        const OpenOptions options = OpenOptions.Default | OpenOptions.UserModeOnly;
        try
        {
            return UserfaultfdDescriptor.Open(options);
        }
        catch (UserfaultfdException refused) when (refused.Errno is Errno.EPERM or Errno.ENOSYS)
        {
            try
            {
                return UserfaultfdDescriptor.OpenDevice(options);
            }
            catch (UserfaultfdException closed) when (refused.Errno == Errno.EPERM || closed.Errno == Errno.ENOENT)
            {
                // A device that is there and closed says more than a call that a filter hides.
                throw refused;
            }
        }
    }

    /// <summary>
    /// All answers as texts by name, in the notation of the <c>live</c> event (docs/guest-contract.md).
    /// </summary>
    public IReadOnlyDictionary<string, string> ToFacts()
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["features"] = Hex(Features),
            ["ioctls"] = Hex(Ioctls),
            ["requests"] = Codes(Requests),
            ["device"] = DeviceErrno == Errno.None ? Codes(DeviceRequests) : DeviceErrno.ToString(),
            ["message"] = MessageSize.ToString(CultureInfo.InvariantCulture),
            ["modes"] = Hex(RegisterModes),
        };
        foreach (var range in Ranges)
            facts[$"range.{range.Memory}.{range.ModeNames}"] = range.Errno == Errno.None ? Hex(range.Ioctls.Bits) : range.Errno.ToString();
        foreach (var (memory, errno) in Unmapped)
            facts[$"memory.{memory}"] = errno.ToString();
        return facts;
    }

    private static string Codes(IEnumerable<uint> codes) => string.Join(' ', codes.Select(code => Hex(code)));

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
