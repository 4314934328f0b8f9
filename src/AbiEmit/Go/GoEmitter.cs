using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Go;

/// <summary>
/// A model as one Go file: structs whose size and offsets the compiler checks, unions as bytes with a method for each
/// member, constants.
/// </summary>
internal sealed class GoEmitter
{
    /// <summary>Words that cannot be names, or that the code itself needs.</summary>
    public static readonly string[] Keywords =
        ("break case chan const continue default defer else fallthrough for func go goto if import interface map package range return "
            + "select struct switch type var main unsafe").Split(' ');

    private readonly AbiSpec _spec;
    private readonly GoTypes _types;
    private readonly SourceWriter _code = new("//", "\t");

    private GoEmitter(AbiSpec spec) => (_spec, _types) = (spec, new(spec));

    public static string Emit(AbiSpec spec, EmissionSource source) => new GoEmitter(spec).Write(source);

    private string Write(EmissionSource source)
    {
        _code.Comments(source.Lines(_spec, "go"));
        _code.Line();
        _code.Line("//go:build linux" + (GoMachine.Of(_spec.Target) is { } machine ? " && " + machine : ""));
        _code.Line();
        _code.Line("package " + (source.Package ?? Package(_spec.Header)));
        var shapes = _types.Shapes.All.SelectMany(shape => shape.InOrder).ToList();
        if (shapes.Count > 0 || _spec.Typedefs.Any(typedef => typedef.Type.Kind == TypeKind.Pointer))
        {
            _code.Line();
            _code.Line("import \"unsafe\"");
        }
        foreach (var section in ValueSection.Of(_spec))
            Values(section);
        Requests();
        Typedefs();
        foreach (var shape in shapes)
            Record(shape);
        if (shapes.Exists(shape => shape.Bits.Count > 0))
            _code.Lines(GoBits.Helpers(_spec.Target));
        return _code.ToString();
    }

    /// <summary>The header's file, as far as a package can be called so: <c>userfaultfd</c> of <c>linux/userfaultfd.h</c>.</summary>
    private static string Package(string header)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(header).ToLowerInvariant()
            .Where(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')));
        return name.Length > 0 && char.IsLetter(name[0]) && !Keywords.Contains(name) ? name : "abi" + name;
    }

    private void Values(ValueSection section)
    {
        if (section.Enum is { Name.Length: > 0 } item)
        {
            _code.Title(section.Title);
            _code.Line($"type {_types.Shapes.NameOf(item.Id)} = {_types.Element(item.Type)}");
        }
        else if (section.Values.Count > 0)
        {
            _code.Title(section.Title);
        }
        if (section.Values.Count == 0)
            return;
        if (section.Enum is { Name.Length: > 0 })
            _code.Line();
        _code.Open("const (");
        foreach (var value in section.Values)
        {
            if (value.Kind == ValueKind.Float && !value.Text.Any(char.IsDigit))
            {
                _code.Line($"// Left out: {value.Name} is {value.Text}, and Go has no constant beyond the numbers.");
                continue;
            }
            _code.Doc(value.Doc, "//");
            _code.Line($"{_types.Names.Give(GoTypes.Constant(value.Name))} = {Literal(value)}");
        }
        _code.Close(")");
    }

    private static string Literal(Value value) => value.Kind switch
    {
        ValueKind.String => $"\"{Text(value.Text)}\"",
        ValueKind.Float => value.Text,
        _ => value.Digits,
    };

    private static string Text(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\')
        ? c.ToString() : "\\x" + ((int)c).ToString("x2", CultureInfo.InvariantCulture)));

    private void Requests()
    {
        var ioctls = _spec.LooseIoctls().ToList();
        if (ioctls.Count > 0)
        {
            _code.Title("Ioctl requests");
            _code.Open("const (");
            foreach (var ioctl in ioctls)
            {
                _code.Doc(ioctl.Doc, "//");
                var name = _types.Names.Give(GoTypes.Constant(ioctl.Name));
                _code.Line($"{name} = {Value.Digital(ioctl.Code)} // {Native.Requests.InC(ioctl)}");
            }
            _code.Close(")");
        }
        string[] left = [.. Native.Requests.LeftOut(_spec)];
        if (left.Length > 0)
            _code.Line();
        _code.Comments(left);
        foreach (var (name, formula) in Native.Requests.Made(_spec))
        {
            var scope = new Identifiers(Keywords);
            var parameters = formula.Parameters.Select(parameter => scope.Give(Identifiers.Plain(parameter))).ToList();
            var sum = string.Concat(parameters.Zip(formula.Factors, (parameter, factor) =>
                factor == 0 ? "" : $" + {parameter}*{Value.Digital(factor)}"));
            _code.Line();
            _code.Open($"func {_types.Names.Give(GoTypes.Constant(name))}({string.Join(", ", parameters)} uint32) uint32 {{");
            _code.Line($"return {Value.Digital(formula.Base)}{sum}");
            _code.Close("}");
        }
    }

    private void Typedefs()
    {
        var aliases = _spec.Typedefs.Select(typedef => (Name: GoTypes.Camel(typedef.Name), Type: _types.Of(typedef.Type)))
            .Where(alias => alias.Type is not null && alias.Type != alias.Name).ToList();
        if (aliases.Count == 0)
            return;
        _code.Title("Other names of types");
        foreach (var (name, type) in aliases)
            _code.Line($"type {_types.Names.Give(name)} = {type}");
    }

    private void Record(Shape shape)
    {
        _code.Title($"{shape.Name} is {shape.InWords}.");
        _code.Doc(shape.Record.Doc, "//");
        if (shape.IsUnion)
            GoUnion.Write(_code, shape, _types);
        else
            Struct(shape);
        if (shape.Bits.Count > 0)
            GoBits.Write(_code, shape, _types);
        Checks(shape);
    }

    private void Struct(Shape shape)
    {
        _code.Open($"type {shape.Name} struct {{");
        foreach (var slot in shape.Slots.Where(slot => slot.Kind != SlotKind.Place))
        {
            _code.Doc(slot.Field?.Doc ?? "", "//");
            var inC = slot.Kind == SlotKind.Bytes && slot.Field is { } field ? $" // in C: {field.CType}" : "";
            _code.Line($"{(slot.Kind == SlotKind.Padding ? "_" : slot.Name)} {_types.Of(slot)}{inC}");
        }
        _code.Close("}");
        foreach (var place in shape.Slots.Where(slot => slot.Kind == SlotKind.Place))
            Place(shape, place);
    }

    /// <summary>Go makes room for a member of no size at the end, so there it is none.</summary>
    private void Place(Shape shape, Slot place)
    {
        var element = place.Inner?.Name ?? _types.Element(place.Field!.Type) ?? "byte";
        _code.Line();
        _code.Line($"// {place.Name} is where {place.Field!.CType} {place.Field.Name} begins, behind what has a size.");
        _code.Open($"func (r *{shape.Name}) {place.Name}() *{element} {{");
        _code.Line($"return (*{element})(unsafe.Add(unsafe.Pointer(r), {place.Offset.ToString(CultureInfo.InvariantCulture)}))");
        _code.Close("}");
    }

    /// <summary>An index that is not 0 does not compile.</summary>
    private void Checks(Shape shape)
    {
        _code.Line();
        _code.Open("func _() {");
        _code.Line($"// An error here says that {shape.Name} is not laid out as the header's machine has it.");
        _code.Line("var x [1]byte");
        _code.Line($"var r {shape.Name}");
        _code.Line($"_ = x[unsafe.Sizeof(r)-{shape.Record.Size.ToString(CultureInfo.InvariantCulture)}]");
        foreach (var slot in shape.Slots.Where(slot => !shape.IsUnion && slot.Field is not null && slot.Kind != SlotKind.Place))
            _code.Line($"_ = x[unsafe.Offsetof(r.{slot.Name})-{slot.Offset.ToString(CultureInfo.InvariantCulture)}]");
        _code.Close("}");
    }
}
