using System.Numerics;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>An integer type of any of the languages: what a cast to it does to a value.</summary>
internal readonly record struct IntegerType(int Bits, bool Signed)
{
    private static readonly Dictionary<string, IntegerType> Named = Build();

    public static bool TryFind(string name, out IntegerType type) => Named.TryGetValue(name, out type);

    /// <summary>The value after a conversion to this type, as two's complement machines do it.</summary>
    public BigInteger Convert(BigInteger value)
    {
        var range = BigInteger.One << Bits;
        var wrapped = value & (range - 1);
        return Signed && wrapped >= range >> 1 ? wrapped - range : wrapped;
    }

    /// <summary>Reads a C type of one or several words: <c>unsigned long long</c>. Pointers and anything else are no integers.</summary>
    /// <param name="wordBits">Bits of C's <c>long</c>.</param>
    public static bool TryRead(IReadOnlyList<string> words, int wordBits, out IntegerType type)
    {
        type = default;
        var rest = words.Where(word => word is not ("const" or "volatile")).ToList();
        if (rest.Count == 1 && TryFind(rest[0], out type))
            return true;
        if (rest.Count == 0 || !rest.TrueForAll(word => word is "unsigned" or "signed" or "long" or "int" or "short" or "char"))
            return false;
        var bits = rest.Contains("char") ? 8
            : rest.Contains("short") ? 16
            : rest.Count(word => word == "long") > 1 ? 64
            : rest.Contains("long") ? wordBits
            : 32;
        type = new(bits, !rest.Contains("unsigned"));
        return true;
    }

    private static Dictionary<string, IntegerType> Build()
    {
        var named = new Dictionary<string, IntegerType>(StringComparer.Ordinal);
        foreach (var bits in new[] { 8, 16, 32, 64, 128 })
        {
            foreach (var pattern in new[] { "u{0}", "__u{0}", "uint{0}", "uint{0}_t", "__uint{0}_t", "c_uint{0}", "__le{0}", "__be{0}" })
                named.TryAdd(string.Format(pattern, bits), new(bits, Signed: false));
            foreach (var pattern in new[] { "i{0}", "s{0}", "__s{0}", "int{0}", "int{0}_t", "__int{0}_t", "c_int{0}" })
                named.TryAdd(string.Format(pattern, bits), new(bits, Signed: true));
        }
        foreach (var (name, bits, signed) in new[]
        {
            ("byte", 8, false), ("sbyte", 8, true), ("ushort", 16, false), ("uint", 32, false), ("ulong", 64, false), ("c_uint", 32, false), ("c_int", 32, true),
            ("c_ulonglong", 64, false), ("c_longlong", 64, true), ("c_ushort", 16, false), ("c_short", 16, true), ("c_uchar", 8, false), ("c_schar", 8, true),
            ("c_ubyte", 8, false), ("c_byte", 8, true), ("c_char", 8, true), ("c_bool", 8, false),
            ("__aligned_u64", 64, false), ("__aligned_s64", 64, true), ("__kernel_loff_t", 64, true),
        })
        {
            named[name] = new(bits, signed);
        }
        return named;
    }
}
