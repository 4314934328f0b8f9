using System.Buffers.Binary;
using System.Text;

namespace Faultline.AbiSources.Btf;

/// <summary>What an ELF file says of itself: enough to choose the tool that reads its types.</summary>
/// <param name="PointerSize">4 or 8, by the file's class.</param>
/// <param name="Sections">Names of all sections.</param>
internal sealed record ElfFile(int PointerSize, IReadOnlyList<string> Sections)
{
    private const int LongestHeader = 64;

    public bool Has(string section) => Sections.Contains(section);

    /// <summary>Whether the first bytes are those of an ELF file.</summary>
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8);

    /// <summary>Reads header and section names.</summary>
    /// <exception cref="FormatException">The file is cut short or contradicts itself.</exception>
    public static ElfFile Read(Stream file)
    {
        var header = Bytes(file, 0, LongestHeader);
        var (wide, little) = (header[4] == 2, header[5] == 1);
        var fields = new Fields(header, little);
        var table = wide ? fields.Wide(0x28) : fields.Word(0x20);
        int entrySize = fields.Half(wide ? 0x3a : 0x2e), count = fields.Half(wide ? 0x3c : 0x30), namesAt = fields.Half(wide ? 0x3e : 0x32);
        if (count == 0 || namesAt >= count || entrySize < (wide ? 64 : 40))
            return new(wide ? 8 : 4, []);

        var sections = new Fields(Bytes(file, table, count * entrySize), little);
        (long Offset, long Size) Place(int section) => wide
            ? (sections.Wide((section * entrySize) + 0x18), sections.Wide((section * entrySize) + 0x20))
            : (sections.Word((section * entrySize) + 0x10), sections.Word((section * entrySize) + 0x14));
        var (offset, size) = Place(namesAt);
        var names = Bytes(file, offset, size);
        return new(wide ? 8 : 4, [.. Enumerable.Range(0, count).Select(section => Name(names, sections.Word(section * entrySize)))]);
    }

    private static string Name(byte[] names, long at)
    {
        if (at >= names.Length)
            throw new FormatException("a section's name lies outside the table of names");
        var rest = names.AsSpan((int)at);
        var end = rest.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]);
    }

    private static byte[] Bytes(Stream file, long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > file.Length - length)
            throw new FormatException("the ELF file is cut short");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private readonly record struct Fields(byte[] Bytes, bool Little)
    {
        public ushort Half(int at) => Little ? BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(at));

        public uint Word(int at) => Little ? BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(at));

        public long Wide(int at) => Little ? BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(at)) : BinaryPrimitives.ReadInt64BigEndian(Bytes.AsSpan(at));
    }
}
