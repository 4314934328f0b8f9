namespace Faultline.AbiEmit.CSharp;

/// <summary>Emits what generated code needs once in each namespace.</summary>
internal static class SupportEmitter
{
    /// <summary>Names that no type of a header may have.</summary>
    public static IEnumerable<string> Types => ByteOrders.All.Concat(["IoctlRequest", "BitFields"]);

    public static string Emit(NamespaceSupport support)
    {
        var code = CodeWriter.File(support.Namespace, support.Internal ? "internal" : "public");
        code.Lines($$"""
            /// <summary>An ioctl request that takes no argument, or one whose type the header does not tell.</summary>
            /// <param name="Code">The request as it is passed to ioctl(2).</param>
            {{code.Access}} readonly record struct IoctlRequest(uint Code);

            /// <summary>An ioctl request and the type its argument points to.</summary>
            /// <param name="Code">The request as it is passed to ioctl(2).</param>
            {{code.Access}} readonly record struct IoctlRequest<TArgument>(uint Code) where TArgument : unmanaged;

            /// <summary>Reads and writes bit-fields as the C compilers of Linux lay them out: from the low bit up on little-endian machines, from the high bit down on others.</summary>
            internal static class BitFields
            {
                /// <param name="bit">Bits from the start of the record.</param>
                /// <param name="width">Bits, 1 to 64.</param>
                public static ulong Read<T>(in T record, int bit, int width) where T : unmanaged
                {
                    var bytes = global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(new global::System.ReadOnlySpan<T>(in record));
                    ulong value = 0;
                    for (var i = 0; i < width; i++)
                    {
                        var set = (bytes[(bit + i) >> 3] >> Shift(bit + i)) & 1;
                        value |= (ulong)set << (global::System.BitConverter.IsLittleEndian ? i : width - 1 - i);
                    }
                    return value;
                }

                /// <summary>Reads a signed bit-field, whose top bit is its sign.</summary>
                public static long ReadSigned<T>(in T record, int bit, int width) where T : unmanaged
                {
                    return unchecked((long)(Read(in record, bit, width) << (64 - width))) >> (64 - width);
                }

                public static void Write<T>(ref T record, int bit, int width, ulong value) where T : unmanaged
                {
                    var bytes = global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(new global::System.Span<T>(ref record));
                    for (var i = 0; i < width; i++)
                    {
                        var mask = 1 << Shift(bit + i);
                        var set = (value >> (global::System.BitConverter.IsLittleEndian ? i : width - 1 - i)) & 1;
                        ref var target = ref bytes[(bit + i) >> 3];
                        target = unchecked((byte)(set != 0 ? target | mask : target & ~mask));
                    }
                }

                private static int Shift(int bit) => global::System.BitConverter.IsLittleEndian ? bit & 7 : 7 - (bit & 7);
            }
            """);
        if (support.ByteOrders)
        {
            foreach (var type in ByteOrders.All)
                ByteOrder(code, type);
        }
        return code.Finish();
    }

    /// <summary>An integer that is kept as the header wants it and read as the machine does.</summary>
    private static void ByteOrder(CodeWriter code, string type)
    {
        var bits = type.Substring(type.Length - 2);
        var integer = bits switch { "16" => "ushort", "32" => "uint", _ => "ulong" };
        var big = type.StartsWith("Big", StringComparison.Ordinal);
        var first = big ? "highest" : "lowest";
        var reverse = "global::System.Buffers.Binary.BinaryPrimitives.ReverseEndianness";
        var swap = big ? "global::System.BitConverter.IsLittleEndian" : "!global::System.BitConverter.IsLittleEndian";
        code.Lines($$"""

            /// <summary>An integer of {{bits}} bits that lies in memory with its {{first}} byte first, whatever the machine.</summary>
            [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)]
            {{code.Access}} readonly record struct {{type}}
            {
                private readonly {{integer}} _stored;

                /// <param name="value">The number, as this machine counts.</param>
                public {{type}}({{integer}} value) => _stored = {{swap}} ? {{reverse}}(value) : value;

                /// <summary>The number, as this machine counts.</summary>
                public {{integer}} Value => {{swap}} ? {{reverse}}(_stored) : _stored;

                public static implicit operator {{integer}}({{type}} value) => value.Value;

                public static implicit operator {{type}}({{integer}} value) => new(value);

                public override string ToString() => Value.ToString(global::System.Globalization.CultureInfo.InvariantCulture);
            }
            """);
    }
}
