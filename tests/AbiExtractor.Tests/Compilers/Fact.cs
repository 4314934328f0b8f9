using System.Globalization;
using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>How a fact's answer is taken from the compiler.</summary>
internal enum FactKind
{
    /// <summary>An expression without a sign.</summary>
    Unsigned,

    /// <summary>An integer expression with the sign of its type.</summary>
    Integer,

    /// <summary>The bits of <c>Type</c> that are set when its field <c>C</c> is all ones: the first and how many.</summary>
    Bits,
    Text,
    Float,
}

/// <summary>One checkable statement of a model, for example <c>offset struct uffd_msg.arg</c> is <c>8</c>, and the C that tells the same without knowing the model's answer.</summary>
/// <param name="C">An expression; for bits the path of the field.</param>
/// <param name="Type">For bits, the record.</param>
internal sealed record Fact(string Key, string Value, FactKind Kind, string C, string Type = "")
{
    /// <summary>Everything a model says that a C compiler can answer.</summary>
    public static IEnumerable<Fact> Of(AbiSpec spec)
    {
        foreach (var record in spec.Structs.Where(record => record.Origin != "<built-in>"))
        {
            var type = record.Tagged ? record.Id : record.Name;
            yield return Unsigned($"sizeof {record.Id}", record.Size, $"sizeof({type})");
            yield return Unsigned($"alignof {record.Id}", record.Align, $"_Alignof({type})");
            foreach (var fact in Fields(record, record.Id, type, "", 0))
                yield return fact;
        }
        foreach (var item in spec.Typedefs.Where(item => item.Size > 0))
            yield return Unsigned($"typedef {item.Name}", item.Size, $"sizeof({item.Name})");
        // A macro may take an enumerator's name ("#define MAX (MAX - 1)"); C then cannot name the enumerator any more.
        var macros = spec.Constants.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in spec.Enums.SelectMany(item => item.Members).Where(member => !macros.Contains(member.Name)))
            yield return new($"enum {member.Name}", member.Value.ToString(CultureInfo.InvariantCulture), FactKind.Integer, member.Name);
        foreach (var constant in spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)))
            yield return Constant(constant);
        foreach (var ioctl in spec.Ioctls)
            yield return Unsigned($"ioctl {ioctl.Name}", ioctl.Code, $"(unsigned int)({ioctl.Name})");
    }

    /// <param name="path">The C path to the record around the fields, ending in a dot unless empty.</param>
    /// <param name="start">Bytes from the start of the named record.</param>
    private static IEnumerable<Fact> Fields(StructSpec record, string id, string type, string path, long start)
    {
        foreach (var field in record.Fields)
        {
            var name = path + field.Name;
            if (field.BitWidth is { } width)
            {
                if (field.Name.Length > 0 && width > 0)
                    yield return new($"bits {id}.{name}", $"{(start * 8) + field.BitOffset}+{width}", FactKind.Bits, name, type);
                continue;
            }
            if (field.Name.Length > 0)
            {
                yield return Unsigned($"offset {id}.{name}", start + field.Offset, $"offsetof({type}, {name})");
                if (!field.Type.IsFlexible)
                    yield return Unsigned($"size {id}.{name}", field.Size, $"sizeof((({type} *)0)->{name})");
            }
            if (field.Inline is not { } inline || field.Type.IsFlexible || field.Type.Length == 0)
                continue;
            var inside = field.Name.Length == 0 ? path : name + string.Concat(field.Type.Dimensions.Select(_ => "[0]")) + ".";
            foreach (var fact in Fields(inline, id, type, inside, start + field.Offset))
                yield return fact;
        }
    }

    private static Fact Unsigned(string key, long value, string c) => new(key, value.ToString(CultureInfo.InvariantCulture), FactKind.Unsigned, c);

    private static Fact Constant(ConstantSpec constant) => constant.Kind switch
    {
        ValueKind.String => new($"string {constant.Name}", Convert.ToHexStringLower(Encoding.Latin1.GetBytes(constant.Value)), FactKind.Text, constant.Name),
        ValueKind.Float => new($"float {constant.Name}",
            BitConverter.DoubleToUInt64Bits(double.Parse(constant.Value, CultureInfo.InvariantCulture)).ToString("x", CultureInfo.InvariantCulture), FactKind.Float, constant.Name),
        _ when constant.Type.Kind == TypeKind.Pointer => new($"const {constant.Name}", constant.Value, FactKind.Unsigned, $"(size_t){constant.Name}"),
        _ => new($"const {constant.Name}", constant.Value, FactKind.Integer, constant.Name),
    };
}
