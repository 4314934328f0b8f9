using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Syzlang;

/// <summary>What the requests of a header need. syzkaller refuses a description that holds more.</summary>
internal sealed class SyzReach
{
    private readonly AbiSpec _spec;
    private readonly Dictionary<string, Shape> _shapes;
    private readonly HashSet<string> _records = new(StringComparer.Ordinal);
    private readonly HashSet<string> _embedded = new(StringComparer.Ordinal);

    public SyzReach(AbiSpec spec, Shapes shapes)
    {
        _spec = spec;
        _shapes = shapes.All.ToDictionary(shape => shape.Record.Id, StringComparer.Ordinal);
        foreach (var type in shapes.All.SelectMany(shape => shape.InOrder).SelectMany(shape => Members(shape.Slots)))
            _embedded.Add(type.Name);
        foreach (var ioctl in spec.Ioctls)
            Need(ioctl.ArgumentType);
    }

    /// <summary>Whether a record has a form at all: one without any bytes has none.</summary>
    public static bool HasForm(Shape shape) => shape.Slots.Any(slot => slot.Kind != SlotKind.Place);

    public bool Has(Shape shape) => _records.Contains(shape.Record.Id);

    /// <summary>Whether a record may end in an array of any length: none may that lies in another.</summary>
    private bool MayGrow(Shape shape) => shape.Record.Name.Length > 0 && !shape.IsUnion && !_embedded.Contains(shape.Record.Id);

    /// <summary>The pieces of a record that are written: of those without bytes only an array that ends it.</summary>
    public IReadOnlyList<Slot> Written(Shape shape)
    {
        var last = shape.Slots.LastOrDefault(slot => slot.Kind != SlotKind.Padding);
        return last is { Kind: SlotKind.Place, Inner: null, Field.Type.IsArray: true } && MayGrow(shape)
            && (_spec.FindStruct(last.Field.Type.Element) is not { } element || HasForm(_shapes[element.Id]))
            ? [.. shape.Slots.TakeWhile(slot => slot != last).Where(slot => slot.Kind != SlotKind.Place), last]
            : [.. shape.Slots.Where(slot => slot.Kind != SlotKind.Place)];
    }

    private static IEnumerable<TypeRef> Members(IEnumerable<Slot> slots) =>
        slots.Where(slot => slot.Field is not null).Select(slot => slot.Field!.Type).Where(type => type.IsRecord);

    private void Need(TypeRef type)
    {
        if (_spec.FindStruct(type.Element) is not { } record || !_records.Add(record.Id))
            return;
        foreach (var member in _shapes[record.Id].InOrder.SelectMany(shape => Members(Written(shape))))
            Need(member);
    }
}
