using System.Numerics;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.C;

/// <summary>A model as one C header that needs no other one of the kernel, and asserts its own layout.</summary>
internal static class CEmitter
{
    public static string Emit(AbiSpec spec, EmissionSource source)
    {
        var code = new SourceWriter("//", "\t");
        var types = new CTypes(spec);
        var guard = "FAULTLINE_ABI_" + Identifiers.Plain(spec.Header).ToUpperInvariant();
        code.Comments(source.Lines(spec, "c"));
        code.Line($"#ifndef {guard}");
        code.Line($"#define {guard}");
        code.Line();
        code.Line("#include <stddef.h>");
        code.Line("#include <stdint.h>");
        var records = new CRecords(types, code);
        foreach (var item in spec.Enums)
            Enum(code, item, [.. spec.NumbersOf(item)]);
        foreach (var shape in types.Shapes.All)
            records.Write(shape.Record);
        Typedefs(code, spec, types);
        // Behind all that is declared: a macro would change the names in it.
        foreach (var section in ValueSection.Of(spec).Where(section => section.Enum is null && section.Values.Count > 0))
        {
            code.Title(section.Title);
            foreach (var value in section.Values)
            {
                code.Doc(value.Doc, "//");
                code.Line($"#define {value.Name} {Literal(value)}");
            }
        }
        Requests(code, spec);
        code.Line();
        code.Line("#endif");
        return code.ToString();
    }

    private static void Enum(SourceWriter code, EnumSpec item, IReadOnlyList<EnumMemberSpec> members)
    {
        if (members.Count == 0)
            return;
        var packed = item.Type.ScalarSize < 4 ? " __attribute__((packed))" : "";
        code.Title(item.Name.Length > 0 ? item.Id : "an enum without a name");
        code.Doc(item.Doc, "//");
        code.Open($"{(item.Tagged ? "" : "typedef ")}enum{packed}{(item.Tagged && item.Name.Length > 0 ? " " + item.Name : "")} {{");
        foreach (var member in members)
        {
            code.Doc(member.Doc, "//");
            code.Line($"{member.Name} = {Number(member.Value, item.Type, hex: false)},");
        }
        code.Close($"}}{(item.Tagged ? "" : " " + item.Name)};");
    }

    private static void Typedefs(SourceWriter code, AbiSpec spec, CTypes types)
    {
        var taken = new HashSet<string>(spec.Structs.Where(record => !record.Tagged).Select(record => record.Name)
            .Concat(spec.Enums.Where(item => !item.Tagged).Select(item => item.Name)), StringComparer.Ordinal);
        var aliases = spec.Typedefs.Where(typedef => !taken.Contains(typedef.Name))
            .Select(typedef => (Typedef: typedef, Element: types.Element(typedef.Type, typedef.CType)))
            .Where(alias => alias.Element is not null).ToList();
        if (aliases.Count == 0)
            return;
        code.Title("Other names of types");
        foreach (var (typedef, element) in aliases)
            code.Line($"typedef {CTypes.Declaration(element, typedef.Name, typedef.Type, typedef.Size)};");
    }

    private static void Requests(SourceWriter code, AbiSpec spec)
    {
        var made = Native.Requests.Made(spec).ToList();
        var ioctls = spec.LooseIoctls().ToList();
        string[] left = [.. Native.Requests.LeftOut(spec)];
        if (ioctls.Count + made.Count + left.Length == 0)
            return;
        code.Title("Ioctl requests");
        code.Comments(left);
        foreach (var ioctl in ioctls)
        {
            code.Doc(ioctl.Doc, "//");
            code.Line($"#define {ioctl.Name} {Value.Digital(ioctl.Code)}U // {Native.Requests.InC(ioctl)}");
        }
        foreach (var (name, formula) in made)
        {
            var sum = string.Concat(formula.Parameters.Zip(formula.Factors, (parameter, factor) =>
                factor == 0 ? "" : $" + (unsigned int)({parameter}) * {Value.Digital(factor)}U"));
            code.Line($"#define {name}({string.Join(", ", formula.Parameters)}) ({Value.Digital(formula.Base)}U{sum})");
        }
    }

    private static string Literal(Value value) => value.Kind switch
    {
        ValueKind.String => $"\"{Text(value.Text)}\"",
        ValueKind.Float => value.Text switch
        {
            "Infinity" or "∞" => "__builtin_inf()",
            "-Infinity" or "-∞" => "(-__builtin_inf())",
            "NaN" => "__builtin_nan(\"\")",
            var text => Floating(text, value.Type),
        },
        _ when value.Type.Kind == TypeKind.Pointer => $"((void *){Value.Digital(value.Integer, hex: true)})",
        _ => Number(value.Wrapped, value.Type, value.Hex),
    };

    /// <summary>A floating point number, which without a point would be a whole one, and without its suffix a double.</summary>
    private static string Floating(string text, TypeRef type) =>
        text + (text.Any(c => c is '.' or 'e' or 'E') ? "" : ".0")
            + (type.Kind != TypeKind.Float || type.ScalarSize == 8 ? "" : type.ScalarSize == 4 ? "F" : type.ScalarSize > 8 ? "L" : "");

    /// <summary>A number of the type that it has in the header.</summary>
    private static string Number(BigInteger number, TypeRef type, bool hex)
    {
        if (type is not { Kind: TypeKind.Integer, ScalarSize: 4 or 8 })
        {
            var narrow = type.Kind == TypeKind.Integer && type.ScalarSize < 4;
            return !narrow ? Value.Digital(number, hex)
                : $"(({(type.IsSigned ? "" : "u")}int{CTypes.Text(type.ScalarSize * 8)}_t){Value.Digital(number, hex)})";
        }
        var suffix = (type.IsSigned ? "" : "U") + (type.ScalarSize == 8 ? "LL" : "");
        // C has no negative numbers, only their negation: the smallest one has none.
        if (number == -(BigInteger.One << (type.ScalarSize * 8 - 1)))
            return $"({Value.Digital(number + 1, hex: false)}{suffix} - 1)";
        return number.Sign < 0 ? $"({Value.Digital(number, hex: false)}{suffix})" : Value.Digital(number, hex) + suffix;
    }

    private static string Text(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\' or '?')
        ? c.ToString() : "\\" + Convert.ToString((int)c, 8).PadLeft(3, '0')));
}
