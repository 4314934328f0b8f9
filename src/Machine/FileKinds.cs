using System.Runtime.InteropServices;

namespace Faultline.Machine;

/// <summary>Asks the kernel what a path is, links followed, without opening it.</summary>
public static unsafe class FileKinds
{
    // statx(2): its struct is the same on every architecture; stx_uid is the 32-bit word at byte 20, stx_mode the 16-bit one at 28.
    private const int CurrentDirectory = -100;
    private const uint TypeMask = 1;
    private const uint OwnerMask = 8;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int StatxSize = 256;

    public static FileKind Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path) ? FileKind.Directory : File.Exists(path) ? FileKind.Regular : FileKind.Missing;
        var status = stackalloc byte[StatxSize];
        if (!Ask(path, TypeMask, status))
            return FileKind.Missing;
        return (*(ushort*)(status + ModeOffset) & 0xf000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0x1000 => FileKind.Pipe,
            0xc000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    /// <summary>The numeric id of the user to whom a path belongs, links followed; null where there is none or nobody can say.</summary>
    public static uint? OwnerOf(string path)
    {
        var status = stackalloc byte[StatxSize];
        return OperatingSystem.IsLinux() && Ask(path, OwnerMask, status) ? *(uint*)(status + OwnerOffset) : null;
    }

    /// <summary>The kind in a sentence: <c>is a pipe</c>.</summary>
    public static string Describe(this FileKind kind) => kind switch
    {
        FileKind.Missing => "does not exist",
        FileKind.Regular => "is a file",
        FileKind.Directory => "is a directory",
        FileKind.Pipe => "is a pipe",
        FileKind.Socket => "is a socket",
        _ => "is a device",
    };

    private static bool Ask(string path, uint mask, byte* status) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)
        && statx(CurrentDirectory, path, 0, mask, status) == 0;

    [DllImport("libc")]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte* status);
}
