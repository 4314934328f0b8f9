namespace Faultline.AbiGenerator.Emit;

/// <summary>Emits what generated code needs once in each namespace.</summary>
internal static class SupportEmitter
{
    public static string Emit(string ns)
    {
        var code = CodeWriter.File(ns, null);
        code.Line("/// <summary>An ioctl request that takes no argument, or one whose type the header does not tell.</summary>");
        code.Line("/// <param name=\"Code\">The request as it is passed to ioctl(2).</param>");
        code.Line("public readonly record struct IoctlRequest(uint Code);");
        code.Line();
        code.Line("/// <summary>An ioctl request and the type its argument points to.</summary>");
        code.Line("/// <param name=\"Code\">The request as it is passed to ioctl(2).</param>");
        code.Line("public readonly record struct IoctlRequest<TArgument>(uint Code) where TArgument : unmanaged;");
        code.Line();
        code.Line("/// <summary>Reads and writes bit-fields as the C compilers of Linux lay them out: from the low bit up on little-endian machines, from the high bit down on others.</summary>");
        code.Open("internal static class BitFields");
        code.Line("/// <param name=\"bit\">Bits from the start of the record.</param>");
        code.Line("/// <param name=\"width\">Bits, 1 to 64.</param>");
        code.Open("public static ulong Read<T>(in T record, int bit, int width) where T : unmanaged");
        code.Line("var bytes = global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(new global::System.ReadOnlySpan<T>(in record));");
        code.Line("ulong value = 0;");
        code.Open("for (var i = 0; i < width; i++)");
        code.Line("var set = (bytes[(bit + i) >> 3] >> Shift(bit + i)) & 1;");
        code.Line("value |= (ulong)set << (global::System.BitConverter.IsLittleEndian ? i : width - 1 - i);");
        code.Close();
        code.Line("return value;");
        code.Close();
        code.Line();
        code.Line("/// <summary>The same for a signed field: its top bit is its sign.</summary>");
        code.Open("public static long ReadSigned<T>(in T record, int bit, int width) where T : unmanaged");
        code.Line("return (long)(Read(in record, bit, width) << (64 - width)) >> (64 - width);");
        code.Close();
        code.Line();
        code.Open("public static void Write<T>(ref T record, int bit, int width, ulong value) where T : unmanaged");
        code.Line("var bytes = global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(new global::System.Span<T>(ref record));");
        code.Open("for (var i = 0; i < width; i++)");
        code.Line("var mask = (byte)(1 << Shift(bit + i));");
        code.Line("var set = (value >> (global::System.BitConverter.IsLittleEndian ? i : width - 1 - i)) & 1;");
        code.Line("ref var target = ref bytes[(bit + i) >> 3];");
        code.Line("target = set != 0 ? (byte)(target | mask) : (byte)(target & ~mask);");
        code.Close();
        code.Close();
        code.Line();
        code.Line("private static int Shift(int bit) => global::System.BitConverter.IsLittleEndian ? bit & 7 : 7 - (bit & 7);");
        return code.Finish();
    }
}
