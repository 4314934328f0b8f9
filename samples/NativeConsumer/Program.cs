using System.Runtime.InteropServices;
using Faultline.Userfaultfd;
using Faultline.Userfaultfd.Abi;
using UffdioCopy = NativeConsumer.Abi.UffdioCopy;

// A page is put in place by the kernel (UFFDIO_COPY) before anybody touches it. The library makes the calls; the struct and the
// names come from the model that the project file names, so both kinds of generated code are in this program.
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, struct uffdio_copy: {Marshal.SizeOf<UffdioCopy>()} bytes, "
    + $"UFFDIO_COPY: 0x{UserfaultfdIoctls.UffdioCopy.Code:x}");
Console.WriteLine($"features of the header: {string.Join(' ', Enum.GetNames<NativeConsumer.Abi.UffdFeature>().Order())}");
try
{
    using var uffd = UserfaultfdDescriptor.Open(OpenOptions.Default | OpenOptions.UserModeOnly);
    Console.WriteLine($"features of the kernel: {uffd.Handshake().Offered}");
    unsafe
    {
        // Nothing has touched the pages in the middle of so much memory.
        var size = 64 * 1024 * 1024;
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)size, MemoryRange.PageSize);
        var source = (byte*)NativeMemory.AlignedAlloc(MemoryRange.PageSize, MemoryRange.PageSize);
        var page = MemoryRange.PageAround((nuint)memory + ((nuint)size / 2));
        NativeMemory.Fill(source, MemoryRange.PageSize, 0x5a);
        uffd.Register(page, UffdioRegisterMode.Missing);
        uffd.Copy(page.Start, (nuint)source, page.Length);
        Console.WriteLine($"the page holds 0x{*(byte*)page.Start:x}");
        uffd.Unregister(page);
        NativeMemory.AlignedFree(source);
        NativeMemory.AlignedFree(memory);
    }
    return 0;
}
catch (UserfaultfdException refused)
{
    Console.WriteLine($"refused: {refused.Message}");
    return 3;
}
