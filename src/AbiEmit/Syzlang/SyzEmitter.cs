using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Syzlang;

/// <summary>A model as a description of system calls for syzkaller: its requests, and the records and flags that they take.</summary>
internal sealed class SyzEmitter
{
    /// <summary>Before each line of what no request needs; a plain comment must not begin with <c>include</c> or <c>define</c>.</summary>
    private const string Off = "#:";

    private readonly AbiSpec _spec;
    private readonly SyzTypes _types;
    private readonly SyzReach _reach;
    private readonly SourceWriter _code = new("#", "\t");
    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private SyzEmitter(AbiSpec spec)
    {
        _spec = HexFamilies.Grouped(spec);
        _types = new(_spec);
        _reach = new(_spec, _types.Shapes);
    }

    public static string Emit(AbiSpec spec, EmissionSource source) => new SyzEmitter(spec).Write(source);

    private string Write(EmissionSource source)
    {
        _code.Comments(source.Lines(_spec, "syzlang"));
        _code.Line();
        _code.Line($"include <uapi/{_spec.Header}>");
        Calls();
        var shapes = _types.Shapes.All.Where(SyzReach.HasForm).ToList();
        Records(shapes.Where(_reach.Has), "");
        Rest();
        var idle = shapes.Where(shape => !_reach.Has(shape)).ToList();
        if (idle.Count > 0)
        {
            _code.Title($"No request of the header takes these, and syzkaller refuses what is not used: take off "
                + $"\"{Off}\" where a call of yours does.");
            Records(idle, Off);
        }
        return _code.ToString();
    }

    private void Calls()
    {
        if (_spec.Ioctls.Count == 0)
            return;
        var name = Identifiers.Plain(Path.GetFileNameWithoutExtension(_spec.Header));
        var descriptor = _types.Names.Give("fd_" + name);
        _code.Line("include <uapi/linux/fcntl.h>");
        _code.Line();
        _code.Line($"resource {descriptor}[fd]");
        _code.Title("A header does not tell which file its requests are for: this one has its name.");
        _code.Line($"openat${name}(fd const[AT_FDCWD], file ptr[in, string[\"/dev/{name}\"]], flags const[O_RDWR], "
            + $"mode const[0]) {descriptor}");
        _code.Line();
        foreach (var ioctl in _spec.Ioctls.Where(ioctl => Identifiers.Plain(ioctl.Name) == ioctl.Name))
            _code.Line($"ioctl${ioctl.Name}(fd {descriptor}, cmd const[{ioctl.Name}]{Argument(ioctl)})");
    }

    private string Argument(IoctlSpec ioctl)
    {
        if (ioctl.Direction == IoctlDirection.None)
            return "";
        var direction = ioctl.Direction switch { IoctlDirection.Read => "out", IoctlDirection.Write => "in", _ => "inout" };
        return $", arg ptr[{direction}, {Pointee(ioctl)}]";
    }

    private string Pointee(IoctlSpec ioctl)
    {
        var type = ioctl.ArgumentType;
        if (ioctl.Argument.Length == 0 || type.Kind is TypeKind.Void or TypeKind.Opaque or TypeKind.Inline)
            return ioctl.Size > 0 ? $"array[int8, {SyzTypes.Text(ioctl.Size)}]" : "array[int8]";
        if (type.IsRecord && !_types.Shapes.All.Exists(shape => shape.Record.Id == type.Name && SyzReach.HasForm(shape)))
            return "array[int8]";
        return _types.OfArgument(type, ioctl.Argument) ?? $"array[int8, {SyzTypes.Text(ioctl.Size)}]";
    }

    private void Records(IEnumerable<Shape> shapes, string off)
    {
        foreach (var shape in shapes.SelectMany(shape => shape.InOrder).Where(SyzReach.HasForm))
        {
            _code.Line();
            Record(shape, off);
        }
    }

    private void Record(Shape shape, string off)
    {
        // A union can be neither packed nor aligned.
        var opaque = shape.IsUnion && (shape.Packed || NaturalAlign(shape) < shape.Record.Align);
        var (open, close) = shape.IsUnion && !opaque ? ("[", "]") : ("{", "}");
        var members = opaque ? [("bytes", $"array[int8, {SyzTypes.Text(shape.Record.Size)}]")] : Members(shape);
        var attributes = Attributes(shape, opaque);
        var fields = shape.Slots.Where(slot => slot.Field is not null && !opaque).Select(slot => slot.Field!);
        foreach (var flags in fields.Select(field => _types.FlagsOf(shape, field)))
        {
            if (flags is not null && _flags.Add(flags.Name))
                _code.Line(off + flags);
            if (off.Length == 0 && flags is not null)
                _mentioned.UnionWith(flags.Members);
        }
        _code.Line($"{off}{shape.Name} {open}");
        foreach (var (name, type) in members)
            _code.Line($"{off}\t{name}\t{type}");
        _code.Line($"{off}{close}{(attributes.Count > 0 ? $" [{string.Join(", ", attributes)}]" : "")}");
    }

    private List<string> Attributes(Shape shape, bool opaque)
    {
        var attributes = new List<string>();
        if (shape.IsUnion && !opaque)
        {
            if (_reach.Written(shape).Max(slot => slot.Size) != shape.Record.Size)
                attributes.Add($"size[{SyzTypes.Text(shape.Record.Size)}]");
            return attributes;
        }
        if (shape.Packed)
            attributes.Add("packed");
        if (shape.Record.Align > (shape.Packed || opaque ? 1 : NaturalAlign(shape)))
            attributes.Add($"align[{SyzTypes.Text(shape.Record.Align)}]");
        return attributes;
    }

    private int NaturalAlign(Shape shape) => _reach.Written(shape).Max(slot => slot.Align);

    private List<(string Name, string Type)> Members(Shape shape)
    {
        var members = new List<(string, string)>();
        var names = new Identifiers(shape.Slots.Select(slot => slot.Name));
        foreach (var slot in _reach.Written(shape))
        {
            switch (slot.Kind)
            {
                case SlotKind.Padding:
                    members.Add((slot.Name, SyzTypes.Padding(slot, shape.Packed)));
                    break;
                case SlotKind.Bits:
                    members.AddRange(SyzBits.Lines(shape, slot, _spec.Target, names.Give));
                    break;
                default:
                    members.Add((slot.Name, _types.Of(shape, slot)));
                    break;
            }
        }
        return members;
    }

    /// <summary>Constants that no member takes: naming them has syz-extract look them up.</summary>
    private void Rest()
    {
        foreach (var section in ValueSection.Of(_spec))
        {
            var names = section.Values.Where(value => value.Kind == ValueKind.Integer && value.Type.Kind != TypeKind.Pointer
                    && !_mentioned.Contains(value.Name) && Identifiers.Plain(value.Name) == value.Name)
                .Select(value => value.Name).ToList();
            if (names.Count == 0)
                continue;
            _code.Title(section.Title);
            _code.Line("_ = " + string.Join(", ", names));
        }
    }
}
