using System.Buffers.Binary;
using System.Text;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The sections of an ELF object file, of either class and byte order: what a cross compiler computed is read without running it.</summary>
internal sealed class ObjectFile
{
    private readonly byte[] _bytes;
    private readonly bool _wide;

    public ObjectFile(byte[] bytes)
    {
        (_bytes, _wide, BigEndian) = (bytes, bytes[4] == 2, bytes[5] == 2);
        var (table, size, count, names) = _wide ? (Word(0x28, 8), Word(0x3a, 2), Word(0x3c, 2), Word(0x3e, 2)) : (Word(0x20, 4), Word(0x2e, 2), Word(0x30, 2), Word(0x32, 2));
        if (count == 0)
            count = Field((int)table, 0x20, 0x14); // more sections than 16 bits count: the first one says how many
        if (names == 0xffff)
            names = Field((int)table, 0x28, 0x18, 4);
        var strings = Place((int)(table + (names * size)));
        for (var i = 0UL; i < count; i++)
        {
            var header = (int)(table + (i * size));
            var (offset, length) = Place(header);
            var name = (int)(strings.Offset + Word(header, 4));
            if (Word(header + 4, 4) != 8) // without bytes in the file
                Sections[Encoding.ASCII.GetString(_bytes, name, Array.IndexOf(_bytes, (byte)0, name) - name)] = _bytes.AsMemory((int)offset, (int)length);
        }
    }

    public bool BigEndian { get; }

    public Dictionary<string, ReadOnlyMemory<byte>> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>The 64-bit number at an index of a section.</summary>
    public ulong Number(string section, int index)
    {
        var bytes = Sections[section].Span.Slice(index * 8, 8);
        return BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private (ulong Offset, ulong Length) Place(int header) => (Field(header, 0x18, 0x10), Field(header, 0x20, 0x14));

    private ulong Field(int header, int wideOffset, int narrowOffset, int size = 0) => Word(header + (_wide ? wideOffset : narrowOffset), size > 0 ? size : _wide ? 8 : 4);

    private ulong Word(int offset, int size)
    {
        ulong value = 0;
        for (var i = 0; i < size; i++)
            value |= (ulong)_bytes[offset + i] << (8 * (BigEndian ? size - 1 - i : i));
        return value;
    }
}
