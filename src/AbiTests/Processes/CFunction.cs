using System.Runtime.InteropServices;

namespace Faultline.AbiTests.Processes;

/// <summary>Functions of the C library as values, for a child that calls them without the runtime.</summary>
internal static partial class CFunction
{
    /// <summary>Address of a function. The native suite knows those of functions.c and no others.</summary>
    internal static nint AddressOf(string name) => Find(name) is var address && address != 0
        ? address
        : throw new InvalidOperationException($"'{name}' is not in functions.c: add it there.");

#if FAULTLINE_NATIVE
    [LibraryImport("faultline-functions", EntryPoint = "faultline_address_of", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Find(string name);
#else
    private static nint Find(string name) => NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), name);
#endif
}
