using Faultline.Userfaultfd.Abi;
using Faultline.Userfaultfd.Native;

namespace Faultline.Userfaultfd;

/// <summary>One userfaultfd: page faults and write protection of memory of this process, handled in user space.</summary>
/// <remarks>
/// <para>Sources: userfaultfd(2), ioctl_userfaultfd(2), the kernel's Documentation/admin-guide/mm/userfaultfd.rst.</para>
/// <para>
/// A thread that touches watched memory blocks inside the kernel until somebody resolves the fault. A managed dereference blocked like
/// that also blocks the garbage collector, so touch watched memory from native code only (memcpy, read(2), your own library), never
/// through a C# pointer or span, and never with a P/Invoke marked <c>SuppressGCTransition</c>.
/// </para>
/// <para>Disposing stops the event pumps, unregisters everything and releases every blocked thread.</para>
/// </remarks>
/// <example>
/// Watch a region for writes and save each page before it changes:
/// <code>
/// using var uffd = UserfaultfdDescriptor.Open();
/// var api = uffd.Handshake(required: UffdFeature.PagefaultFlagWp, optional: UffdFeature.WpUnpopulated);
/// if (!api.Has(UffdFeature.WpUnpopulated))
///     Populate(region);                              // else holes would go unprotected
///
/// uffd.Register(region, UffdioRegisterMode.Wp);
/// uffd.WriteProtect(region);
///
/// await foreach (var e in uffd.ReadEventsAsync(cancellationToken))
/// {
///     if (e is PageFaultEvent { IsWriteProtect: true } fault)
///     {
///         SavePage(fault.Page);
///         uffd.RemoveWriteProtection(fault.Page);    // and wakes the writer
///     }
/// }
/// </code>
/// Fill pages on first touch:
/// <code>
/// uffd.Handshake();
/// uffd.Register(region, UffdioRegisterMode.Missing);
/// using var pump = uffd.StartPump(e =>
/// {
///     if (e is PageFaultEvent fault)
///         uffd.Copy(destination: fault.Page.Start, source: pageFromNetwork, length: fault.Page.Length);
/// });
/// </code>
/// </example>
public sealed partial class UserfaultfdDescriptor : IDisposable
{
    private const int SetFlags = 4;
    private readonly Lock _pumpsGate = new();
    private readonly List<EventPump> _pumps = [];
    private bool _disposed;

    private UserfaultfdDescriptor(SafeUserfaultfdHandle handle, OpenOptions options)
    {
        Handle = handle;
        Options = options;
    }

    /// <summary>The descriptor, for calls this class does not make.</summary>
    public SafeUserfaultfdHandle Handle { get; }

    /// <summary>The flags the descriptor was opened with.</summary>
    public OpenOptions Options { get; }

    /// <summary>The result of the handshake; null before it.</summary>
    public Handshake? Api { get; private set; }

    /// <summary>Opens a userfaultfd by system call.</summary>
    /// <param name="options">Flags of userfaultfd(2).</param>
    /// <exception cref="UserfaultfdException">EPERM without privilege (unless UserModeOnly), ENOSYS without CONFIG_USERFAULTFD,
    /// EMFILE.</exception>
    public static UserfaultfdDescriptor Open(OpenOptions options = OpenOptions.Default)
    {
        var fd = (int)Libc.Syscall(Libc.UserfaultfdNumber, (nint)options);
        return Opened(fd, options, "userfaultfd");
    }

    /// <summary>
    /// Opens a userfaultfd through <c>/dev/userfaultfd</c> (Linux 6.1), whose file permissions replace the privilege check.
    /// </summary>
    /// <param name="options">Flags as for userfaultfd(2).</param>
    /// <exception cref="UserfaultfdException">ENOENT before Linux 6.1 or without a devtmpfs, EACCES without permission on the
    /// device.</exception>
    public static UserfaultfdDescriptor OpenDevice(OpenOptions options = OpenOptions.Default)
    {
        const string device = "/dev/userfaultfd";
        var deviceFd = Libc.Open(device, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        if (deviceFd < 0)
            throw Failure(device, Libc.LastErrno(), null);
        try
        {
            var fd = Libc.Ioctl(deviceFd, UserfaultfdIoctls.UserfaultfdIocNew.Code, (nint)options);
            return Opened(fd, options, "USERFAULTFD_IOC_NEW");
        }
        finally
        {
            _ = Libc.Close(deviceFd);
        }
    }

    /// <summary>Takes over a descriptor received from elsewhere: an EVENT_FORK child, or another process over a Unix socket.</summary>
    /// <param name="handle">The descriptor; owned by the result from here on.</param>
    /// <param name="options">The flags it was opened with; NonBlock must be true to the descriptor for events to be waited for.</param>
    public static UserfaultfdDescriptor FromHandle(SafeUserfaultfdHandle handle, OpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new(handle, options);
    }

    /// <summary>Asks the kernel which features it has, on a new descriptor that is closed again.</summary>
    /// <exception cref="UserfaultfdException">No userfaultfd can be opened.</exception>
    public static Handshake Probe()
    {
        using var probe = Open(OpenOptions.Default | OpenOptions.UserModeOnly);
        return probe.Handshake();
    }

    /// <summary>Makes the UFFDIO_API handshake; every other call needs it, and a descriptor takes one only.</summary>
    /// <param name="required">Features without which the caller cannot go on.</param>
    /// <param name="optional">Features enabled where the kernel offers them; see
    /// <see cref="Faultline.Userfaultfd.Handshake.Enabled"/>.</param>
    /// <exception cref="UserfaultfdFeatureException">The kernel lacks a required feature; the descriptor can still take another
    /// handshake.</exception>
    /// <exception cref="UserfaultfdException">EINVAL on a second handshake, EPERM for EventFork without CAP_SYS_PTRACE.</exception>
    public Handshake Handshake(UffdFeature required = 0, UffdFeature optional = 0)
    {
        var enabled = optional == 0 ? required : required | (optional & Probe().Offered);
        var api = new UffdioApi { Api = UserfaultfdConstants.UffdApi, Features = (ulong)enabled };
        var errno = Ioctl(UserfaultfdIoctls.UffdioApi, ref api);
        if (errno == Errno.None)
            return Api = new((UffdFeature)api.Features, enabled, api.Ioctls);
        if (errno == Errno.EINVAL && enabled != 0 && Probe().Offered is var offered && (required & ~offered) != 0)
            throw new UserfaultfdFeatureException(required & ~offered, offered, errno);
        throw Failure("UFFDIO_API", errno, null);
    }

    /// <summary>
    /// Makes any ioctl on this descriptor and returns its errno instead of throwing. Use it for requests this class has no method for.
    /// </summary>
    /// <param name="request">The request code, tied to its argument type.</param>
    /// <param name="argument">Read, and written back, by the kernel.</param>
    public unsafe Errno Ioctl<T>(IoctlRequest<T> request, ref T argument) where T : unmanaged
    {
        fixed (T* p = &argument)
            return Libc.Ioctl(Handle, request.Code, p) >= 0 ? Errno.None : Libc.LastErrno();
    }

    /// <summary>Ends the event pumps and closes the descriptor: ranges are unregistered, blocked threads released.</summary>
    public void Dispose()
    {
        EventPump[] pumps;
        lock (_pumpsGate)
        {
            _disposed = true;
            pumps = [.. _pumps];
            _pumps.Clear();
        }
        foreach (var pump in pumps)
            pump.RequestStop();
        Handle.Dispose();
        foreach (var pump in pumps)
            pump.Dispose();
    }

    internal static UserfaultfdException Failure(string operation, Errno errno, MemoryRange? range, nuint bytesDone = 0) =>
        new(operation, errno, range, ErrnoHints.For(operation, errno)) { BytesDone = bytesDone };

    private static UserfaultfdDescriptor Opened(int fd, OpenOptions options, string operation) =>
        fd >= 0 ? new(new SafeUserfaultfdHandle(fd, ownsHandle: true), options) : throw Failure(operation, Libc.LastErrno(), null);

    private static void Check(string operation, Errno errno, MemoryRange range, nuint bytesDone = 0)
    {
        if (errno != Errno.None)
            throw Failure(operation, errno, range, bytesDone);
    }
}
