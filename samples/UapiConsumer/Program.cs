using System.ComponentModel;
using System.Runtime.InteropServices;
using UapiConsumer;
using UapiConsumer.Abi;

// UFFDIO_API: the first ioctl on every userfaultfd, in which program and kernel agree on features. The struct, the request, the
// constants and the names of the features all come from the header that the project file names.
var descriptor = Libc.Syscall(Libc.UserfaultfdNumber, (nint)UserfaultfdConstants.UffdUserModeOnly);
if (descriptor < 0)
    return Fail("userfaultfd");
try
{
    var api = new UffdioApi { Api = UserfaultfdConstants.UffdApi };
    if (Libc.Ioctl((int)descriptor, UserfaultfdIoctls.UffdioApi, ref api) < 0)
        return Fail("UFFDIO_API");
    var known = Enum.GetValues<UffdFeature>().Aggregate((all, feature) => all | feature);
    Console.WriteLine($"UFFDIO_API 0x{api.Api:X}: ioctls 0x{api.Ioctls:X}");
    foreach (var feature in Enum.GetValues<UffdFeature>())
        Console.WriteLine($"{(((UffdFeature)api.Features & feature) != 0 ? "yes" : "no "),-4} {feature}");
    var unnamed = (UffdFeature)api.Features & ~known;
    if (unnamed != 0)
        Console.WriteLine($"yes  0x{(ulong)unnamed:X} (this kernel is newer than the header)");
    return 0;
}
finally
{
    _ = Libc.Close((int)descriptor);
}

static int Fail(string call)
{
    Console.Error.WriteLine($"{call}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    return 1;
}
