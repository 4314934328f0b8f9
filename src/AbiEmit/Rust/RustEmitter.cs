using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Rust;

/// <summary>
/// A model as one Rust module: <c>repr(C)</c> records whose size, alignment and offsets the compiler checks, and
/// constants.
/// </summary>
internal sealed class RustEmitter
{
    private readonly AbiSpec _spec;
    private readonly RustTypes _types;

    /// <summary>Functions that the code itself calls share their names with the constants.</summary>
    private readonly Identifiers _values = new([.. RustTypes.Never, "size_of", "align_of"]);
    private readonly SourceWriter _code = new("//", "    ");

    private readonly string _bitFields;

    private RustEmitter(AbiSpec spec)
    {
        (_spec, _types) = (spec, new(spec));
        _bitFields = _types.Names.Give("bit_fields");
    }

    public static string Emit(AbiSpec spec, EmissionSource source) => new RustEmitter(spec).Write(source);

    private string Write(EmissionSource source)
    {
        _code.Comments(source.Lines(_spec, "rust"));
        _code.Line();
        _code.Line("#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals, unused_unsafe, clippy::all)]");
        var records = _types.Shapes.All;
        if (records.Count > 0)
        {
            _code.Line();
            // In every edition, at the root of a crate and in a module: that of 2015 knows no crate by name alone.
            _code.Line("extern crate core as rust_core;");
            _code.Line("use self::rust_core::mem::{align_of, size_of};");
            if (records.Exists(shape => shape.InOrder.Any(HasMembers)))
                _code.Line("use self::rust_core::mem::offset_of;");
        }
        Values();
        Requests();
        Typedefs();
        foreach (var shape in records.SelectMany(shape => shape.InOrder))
            Record(shape);
        if (records.SelectMany(shape => shape.InOrder).Any(shape => shape.Bits.Count > 0))
            _code.Lines(RustBits.Helpers(_bitFields));
        return _code.ToString();
    }

    private static bool HasMembers(Shape shape) => shape.Slots.Any(slot => slot.Field is not null);

    private void Values()
    {
        foreach (var section in ValueSection.Of(_spec).Where(section => section.Values.Count > 0 || section.Enum is { Name.Length: > 0 }))
        {
            _code.Title(section.Title);
            var type = "";
            if (section.Enum is { Name.Length: > 0 } item)
            {
                type = _types.Shapes.NameOf(item.Id);
                _code.Line($"pub type {type} = {_types.Element(item.Type)};");
            }
            foreach (var value in section.Values)
            {
                _code.Doc(value.Doc, "///");
                _code.Line($"pub const {_values.Give(RustTypes.Name(value.Name))}: {Literal(value, type)};");
            }
        }
    }

    private static string Literal(Value value, string type) => value.Kind switch
    {
        ValueKind.String => $"&[u8; {(value.Text.Length + 1).ToString(CultureInfo.InvariantCulture)}] = b\"{Bytes(value.Text)}\\0\"",
        ValueKind.Float => $"f64 = {Number(value.Text)}",
        _ when value.Type.Kind == TypeKind.Pointer => $"usize = {Value.Digital(value.Integer, hex: true)}",
        _ when value.Type.Kind == TypeKind.Integer => $"{(type.Length > 0 ? type : value.Type.Name.Replace('s', 'i'))} = {value.Digits}",
        _ when value.Type.Kind == TypeKind.Boolean => $"{(type.Length > 0 ? type : "u8")} = {value.Digits}",
        _ => $"i64 = {value.Digits}",
    };

    private static string Number(string value) => value switch
    {
        "Infinity" or "∞" => "f64::INFINITY",
        "-Infinity" or "-∞" => "f64::NEG_INFINITY",
        "NaN" => "f64::NAN",
        _ => value + "_f64",
    };

    private static string Bytes(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\')
        ? c.ToString() : "\\x" + ((int)c).ToString("x2", CultureInfo.InvariantCulture)));

    private void Requests()
    {
        var made = Native.Requests.Made(_spec).ToList();
        var ioctls = _spec.LooseIoctls().ToList();
        string[] left = [.. Native.Requests.LeftOut(_spec)];
        if (ioctls.Count + made.Count + left.Length == 0)
            return;
        _code.Title("Ioctl requests");
        _code.Comments(left);
        foreach (var ioctl in ioctls)
        {
            _code.Line($"/// `{Native.Requests.InC(ioctl)}`");
            _code.Doc(ioctl.Doc, "///");
            _code.Line($"pub const {_values.Give(RustTypes.Name(ioctl.Name))}: u32 = {Value.Digital(ioctl.Code)};");
        }
        foreach (var (name, formula) in made)
        {
            var function = _values.Give(RustTypes.Name(name));
            var parameters = formula.Parameters.Zip(formula.Factors, (parameter, factor) =>
                _values.Free(factor == 0 ? "_" + Identifiers.Plain(parameter) : RustTypes.Name(parameter))).ToList();
            var sum = parameters.Zip(formula.Factors, (parameter, factor) => (parameter, factor)).Where(part => part.factor != 0)
                .Aggregate(Value.Digital(formula.Base) + "u32", (text, part) =>
                    $"{text}.wrapping_add({part.parameter}.wrapping_mul({Value.Digital(part.factor)}))");
            _code.Open($"pub const fn {function}({string.Join(", ", parameters.Select(each => each + ": u32"))}) -> u32 {{");
            _code.Line(sum);
            _code.Close("}");
        }
    }

    private void Typedefs()
    {
        var aliases = _spec.Typedefs.Select(typedef => (typedef.Name, Type: _types.Of(typedef.Type)))
            .Where(alias => alias.Type is not null && alias.Type != RustTypes.Name(alias.Name)).ToList();
        if (aliases.Count == 0)
            return;
        _code.Title("Other names of types");
        foreach (var (name, type) in aliases)
            _code.Line($"pub type {_types.Names.Give(RustTypes.Name(name))} = {type};");
    }

    private void Record(Shape shape)
    {
        var size = shape.Record.Size.ToString(CultureInfo.InvariantCulture);
        _code.Title(shape.InWords);
        _code.Doc(shape.Record.Doc, "///");
        var align = shape.Record.Align.ToString(CultureInfo.InvariantCulture);
        _code.Line(shape.Packed ? $"#[repr(C, packed({align}))]" : shape.Aligned ? $"#[repr(C, align({align}))]" : "#[repr(C)]");
        _code.Line("#[derive(Clone, Copy)]");
        if (shape.IsUnion && shape.Slots.Count == 0)
            _code.Line($"pub struct {shape.Name} {{}}");
        else
            Members(shape);
        if (shape.Bits.Count > 0)
            RustBits.Write(_code, shape, _types, _bitFields, _values.Free("value"));
        _code.Open("const _: () = {");
        _code.Line($"assert!(size_of::<{shape.Name}>() == {size});");
        _code.Line($"assert!(align_of::<{shape.Name}>() == {align});");
        foreach (var slot in shape.Slots.Where(slot => slot.Field is not null))
            _code.Line($"assert!(offset_of!({shape.Name}, {slot.Name}) == {slot.Offset.ToString(CultureInfo.InvariantCulture)});");
        _code.Close("};");
    }

    private void Members(Shape shape)
    {
        _code.Open($"pub {(shape.IsUnion ? "union" : "struct")} {shape.Name} {{");
        foreach (var slot in shape.Slots)
        {
            _code.Doc(slot.Field?.Doc ?? "", "///");
            if (slot.Kind == SlotKind.Bytes && slot.Field is { } field)
                _code.Line($"/// In C: `{field.CType}`.");
            _code.Line($"pub {slot.Name}: {_types.Of(slot)},");
        }
        _code.Close("}");
    }
}
