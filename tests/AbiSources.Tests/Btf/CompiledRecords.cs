using System.Text;
using CsCheck;

namespace Faultline.AbiSources.Tests.Btf;

/// <summary>Random C records: scalars, bit-fields, arrays of one and two dimensions, records and unions with and without a name, packed or not.</summary>
internal static class CompiledRecords
{
    private static readonly string[] Scalars = ["char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long", "unsigned long long", "_Bool", "float", "double", "void *", "enum shade"];

    private static readonly (string Type, int Bits)[] BitFields = [("unsigned char", 8), ("unsigned short", 16), ("int", 32), ("unsigned int", 32), ("unsigned long long", 64)];

    private static readonly Gen<string> Scalar = Gen.Int[0, Scalars.Length - 1].Select(i => Scalars[i]);

    /// <summary>A member's declaration; <c>@</c> stands for its name.</summary>
    private static readonly Gen<string> Plain = Gen.OneOf(
        Scalar.Select(type => $"{type} @;"),
        Gen.Select(Scalar, Gen.Int[1, 5]).Select((type, length) => $"{type} @[{length}];"),
        Gen.Select(Scalar, Gen.Int[1, 3], Gen.Int[1, 4]).Select((type, rows, columns) => $"{type} @[{rows}][{columns}];"),
        Gen.Int[0, BitFields.Length - 1].Select(i => BitFields[i]).SelectMany(field => Gen.Int[1, field.Bits].Select(width => $"{field.Type} @ : {width};")));

    private static readonly Gen<string> Member = Gen.Frequency(
        (8, Plain),
        (1, Inline("struct", "@")), (1, Inline("union", "@")), (1, Inline("struct", "")), (1, Inline("union", "")),
        (1, Gen.Int[1, 3].SelectMany(length => Inline("struct", $"@[{length}]"))));

    /// <summary>A header of records <c>struct r0</c>, <c>struct r1</c> …</summary>
    public static readonly Gen<string> Header = Gen.Select(Member.Array[1, 8], Gen.Bool, Gen.Bool).Array[60].Select(records =>
    {
        var text = new StringBuilder("enum shade { DARK, LIGHT = 70000 };\n");
        for (var i = 0; i < records.Length; i++)
        {
            var (members, union, packed) = records[i];
            text.Append($"{(union ? "union" : "struct")} r{i} {{\n{Named(members)}}}{(packed ? " __attribute__((packed))" : "")};\n");
        }
        return text.ToString();
    });

    /// <summary>A variable of each record, so that the compiler describes them all.</summary>
    public static string Source(string header) => "#include \"records.h\"\n" + string.Concat(
        header.Split('\n').Where(line => line.EndsWith(" {", StringComparison.Ordinal) && line.Contains(" r", StringComparison.Ordinal) && line[0] != '\t')
            .Select((line, i) => $"{line[..^2]} v{i};\n"));

    private static Gen<string> Inline(string keyword, string name) =>
        Plain.Array[1, 3].Select(members => $"{keyword} {{ {string.Join(' ', members)} }} {name};");

    private static string Named(IEnumerable<string> members)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var member in members)
        {
            text.Append('\t');
            foreach (var c in member)
                text.Append(c == '@' ? $"m{number++}" : c.ToString());
            text.Append('\n');
        }
        return text.ToString();
    }
}
