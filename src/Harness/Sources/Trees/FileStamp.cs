using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Faultline.Harness.Sources.Trees;

/// <summary>
/// What the file system notes of a file besides its content. While two stamps of a path are equal, so is its content: whatever writes to a
/// file or replaces it sets the change time, and no user can put that one back, as <c>touch</c> does with the modification time.
/// </summary>
/// <param name="Mode">The permission bits.</param>
/// <param name="Owner">The user's number.</param>
/// <param name="Modified">Nanoseconds since 1970.</param>
/// <param name="Changed">Nanoseconds since 1970.</param>
internal readonly record struct FileStamp(
    FileKind Kind, int Mode, uint Owner, ulong Device, ulong Inode, long Size, long Modified, long Changed)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int NoSuchEntry = 2;
    private const int NotAFolder = 20;

    public bool IsExecutable => (Mode & 0b001_000_000) != 0;

    /// <summary>The stamp of a path, or null when there is nothing.</summary>
    /// <param name="follow">Of a link, what it points to.</param>
    /// <exception cref="IOException">It may not be looked at, or the file system failed.</exception>
    public static FileStamp? Of(string path, bool follow = false)
    {
        if (Statx(CurrentFolder, path, follow ? 0 : NoFollow, BasicFields, out var found) == 0)
            return found.ToStamp();
        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchEntry or NotAFolder ? null : throw new IOException($"{path}: {new Win32Exception(error).Message}");
    }

    // statx(2), for its layout is the same on every machine.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Answer answer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(20)]
        public uint Owner;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public long Size;
        [FieldOffset(96)]
        public long ChangedSeconds;
        [FieldOffset(104)]
        public uint ChangedNanoseconds;
        [FieldOffset(112)]
        public long ModifiedSeconds;
        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
        [FieldOffset(136)]
        public ulong Device;

        public readonly FileStamp ToStamp() => new(
            (Mode & 0xf000) switch { 0x8000 => FileKind.Regular, 0x4000 => FileKind.Folder, 0xa000 => FileKind.Link, _ => FileKind.Other },
            Mode & 0xfff, Owner, Device, Inode, Size,
            (ModifiedSeconds * 1_000_000_000) + ModifiedNanoseconds, (ChangedSeconds * 1_000_000_000) + ChangedNanoseconds);
    }
}
