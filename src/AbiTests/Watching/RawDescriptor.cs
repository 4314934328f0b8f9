using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Processes;

namespace Faultline.AbiTests.Watching;

/// <summary>A descriptor and its bare ioctl, for calls the library would refuse to make.</summary>
internal sealed unsafe class RawDescriptor : IDisposable
{
    private readonly UserfaultfdDescriptor? _uffd;
    private readonly int _fd;

    private RawDescriptor(int fd) => _fd = fd;

    private RawDescriptor(UserfaultfdDescriptor uffd) : this((int)uffd.Handle.DangerousGetHandle()) => _uffd = LiveResources.Track(uffd);

    /// <summary>No descriptor at all.</summary>
    internal static RawDescriptor None { get; } = new(-1);

    internal static RawDescriptor Userfaultfd(bool withHandshake)
    {
        var raw = new RawDescriptor(UserfaultfdDescriptor.Open());
        if (withHandshake && raw.Handshake(0, out _) is not Errno.None and var errno)
            throw new UserfaultfdException("UFFDIO_API", errno, null, "the kernel refuses a handshake without features.");
        return raw;
    }

    internal static RawDescriptor Open(string path) => new((int)Native.Must(Native.open(path, 2 | 0x80000), $"open of {path}"));

    /// <summary>UFFDIO_API; <paramref name="answer"/> is the features field as the kernel left it.</summary>
    internal Errno Handshake(ulong features, out ulong answer)
    {
        var errno = HandshakeAnswer(features, out var api);
        answer = api.Features;
        return errno;
    }

    /// <summary>UFFDIO_API; <paramref name="api"/> is the struct as the kernel left it.</summary>
    internal Errno HandshakeAnswer(ulong features, out UffdioApi api)
    {
        api = new() { Api = UserfaultfdConstants.UffdApi, Features = features };
        return Ioctl(UserfaultfdIoctls.UffdioApi, ref api);
    }

    internal Errno Ioctl<T>(IoctlRequest<T> request, ref T argument) where T : unmanaged
    {
        fixed (T* p = &argument)
            return Native.ioctl(_fd, request.Code, p) >= 0 ? Errno.None : Native.LastErrno();
    }

    internal Errno Ioctl(uint code, byte[]? argument, bool closeResult = false)
    {
        fixed (byte* p = argument)
        {
            var result = Native.ioctl(_fd, code, p);
            if (result < 0)
                return Native.LastErrno();
            if (closeResult)
                _ = Native.close(result);
            return Errno.None;
        }
    }

    /// <summary>read(2) of one message: "ok" or the errno.</summary>
    internal string Read()
    {
        UffdMsg message;
        return Native.Outcome(Native.read(_fd, &message, (nuint)sizeof(UffdMsg)));
    }

    public void Dispose()
    {
        if (_uffd is not null)
            LiveResources.Release(_uffd);
        else if (_fd >= 0)
            _ = Native.close(_fd);
    }
}
