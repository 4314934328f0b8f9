using System.Runtime.InteropServices;

namespace Faultline.AbiConsumers;

/// <summary>Tells files from pipes, sockets and devices without opening them.</summary>
internal static class RegularFile
{
    // statx(2): its struct is the same on every architecture; stx_mode is the 16-bit word at byte 28.
    private const int CurrentDirectory = -100, StatxSize = 256, ModeOffset = 28, TypeBits = 0xf000, Regular = 0x8000;
    private const uint TypeMask = 1;

    public static bool Is(string path)
    {
        var status = new byte[StatxSize];
        return !OperatingSystem.IsLinux() || statx(CurrentDirectory, path, 0, TypeMask, status) != 0
            || (BitConverter.ToUInt16(status, ModeOffset) & TypeBits) == Regular;
    }

    [DllImport("libc")]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);
}
