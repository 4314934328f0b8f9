using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>The records of a model as a language writes them.</summary>
internal sealed class Shapes
{
    private readonly AbiSpec _spec;
    private readonly LayoutRules _rules;
    private readonly Identifiers _types;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    /// <param name="types">Where names of types are given; named records and enums get theirs first.</param>
    public Shapes(AbiSpec spec, LayoutRules rules, Identifiers types)
    {
        (_spec, _rules, _types) = (spec, rules, types);
        foreach (var record in spec.Structs)
            _names[record.Id] = types.Give(rules.TypeName(record.Name));
        foreach (var item in spec.Enums.Where(item => item.Name.Length > 0))
            _names[item.Id] = types.Give(rules.TypeName(item.Name));
        foreach (var record in spec.Structs)
            Of(record);
    }

    /// <summary>Every record with a name, each behind those it is made of.</summary>
    public List<Shape> All { get; } = [];

    /// <summary>The name of a record or enum by its <c>Id</c>.</summary>
    public string NameOf(string id) => _names[id];

    private Shape Of(StructSpec record)
    {
        if (!_shapes.TryGetValue(record.Id, out var shape))
        {
            shape = Build(record, _names[record.Id], record.Name);
            _shapes.Add(record.Id, shape);
            All.Add(shape);
        }
        return shape;
    }

    private Shape Build(StructSpec record, string name, string cName)
    {
        var pieces = new Pieces(this, record, cName);
        pieces.Add(record, 0);
        return pieces.Fit(new(name, cName, record));
    }

    /// <summary>The members of one record, collected and then fitted.</summary>
    private sealed class Pieces(Shapes shapes, StructSpec record, string cName)
    {
        private readonly LayoutRules _rules = shapes._rules;
        private readonly Identifiers _members = new(shapes._rules.Reserved);
        private readonly List<Slot> _slots = [];
        private readonly List<BitMember> _bits = [];
        private int _anonymous;

        private bool IsUnion => record.Kind == RecordKind.Union;

        public void Add(StructSpec from, long start)
        {
            foreach (var field in from.Fields)
            {
                if (field.BitWidth is { } width)
                    AddBits(field, (start * 8) + field.BitOffset!.Value, width);
                // C finds the members of an anonymous member in the record around it; so does the reader of this one.
                else if (field is { Name.Length: 0, Inline: { } inline } && inline.Kind == record.Kind && !field.Type.IsArray)
                    Add(inline, start + field.Offset);
                else
                    AddField(field, start + field.Offset);
            }
        }

        private void AddBits(FieldSpec field, long bit, int width)
        {
            if (width == 0)
                return;
            if (field.Name.Length > 0 && width <= 64)
                _bits.Add(new(field, bit, width));
            var (first, end) = (bit / 8, (bit + width + 7) / 8);
            if (_slots.LastOrDefault() is { Kind: SlotKind.Bits } last && (IsUnion || first <= last.Offset + last.Size + 8))
            {
                first = Math.Min(first, last.Offset);
                end = Math.Max(end, last.Offset + last.Size);
                _slots.RemoveAt(_slots.Count - 1);
            }
            _slots.Add(new(SlotKind.Bits, "", first, end - first, 1, null, null));
        }

        private void AddField(FieldSpec field, long offset)
        {
            var own = field.Name.Length > 0 ? field.Name : "anon" + (_anonymous++).ToString(CultureInfo.InvariantCulture);
            var member = _members.Give(_rules.MemberName(own));
            var inner = field.Inline is { } inline
                ? shapes.Build(inline, shapes._types.Give(_rules.TypeName($"{cName.Replace('.', '_')}_{own}")), $"{cName}.{own}")
                : null;
            var named = shapes._spec.FindStruct(field.Type.Element) is { } of ? shapes.Of(of) : null;
            var align = (inner ?? named)?.Align ?? _rules.AlignOf(field.Type.Element, shapes._spec);
            var kind = field.Size == 0 ? SlotKind.Place : align is null ? SlotKind.Bytes : SlotKind.Field;
            _slots.Add(new(kind, member, offset, field.Size, align ?? 1, field, inner));
        }

        public Shape Fit(Shape shape)
        {
            var packed = _rules.Packs && _slots.Exists(IsMisfit) && _slots.TrueForAll(FitsPacked)
                && (record.Align == 1 || _slots.Exists(slot => slot.Align >= record.Align));
            var fitted = packed ? _slots
                : _slots.Select(slot => !IsMisfit(slot) ? slot
                    : slot with { Kind = slot.Kind == SlotKind.Place ? SlotKind.Place : SlotKind.Bytes, Align = 1 }).ToList();
            var natural = packed ? record.Align : fitted.Select(slot => slot.Align).DefaultIfEmpty(1).Max();
            var aligned = _rules.Aligns && natural < record.Align;
            return shape with
            {
                Slots = IsUnion ? Widened(fitted, aligned ? record.Align : natural) : Padded(fitted),
                Bits = _bits,
                Align = aligned ? record.Align : natural,
                Packed = packed,
                Aligned = aligned,
            };
        }

        private bool IsMisfit(Slot slot) =>
            slot.Align > record.Align || slot.Offset % slot.Align != 0 || record.Size % slot.Align != 0;

        private bool FitsPacked(Slot slot) => slot.Offset % Math.Min(slot.Align, record.Align) == 0
            && (_rules.PacksAligned || !IsRaised(slot));

        /// <summary>Whether something in it had its alignment raised.</summary>
        private bool IsRaised(Slot slot)
        {
            var shape = slot.Inner ?? (slot.Field is { } field && shapes._spec.FindStruct(field.Type.Element) is { } of
                ? shapes.Of(of) : null);
            return shape is not null && (shape.Aligned || shape.Slots.Any(IsRaised));
        }

        /// <summary>Every byte of a struct as a piece.</summary>
        private List<Slot> Padded(IEnumerable<Slot> slots)
        {
            var padded = new List<Slot>();
            long end = 0;
            foreach (var slot in slots)
            {
                Pad(slot.Offset);
                padded.Add(Named(slot, "bits" + Text(slot.Offset)));
                end = slot.Offset + slot.Size;
            }
            Pad(record.Size);
            return padded;

            void Pad(long until)
            {
                if (until > end)
                {
                    var pad = _rules.PaddingName.Length == 0 ? "" : _members.Give(_rules.PaddingName + Text(end));
                    padded.Add(new(SlotKind.Padding, pad, end, until - end, 1, null, null));
                }
            }
        }

        /// <summary>A union whose members do not reach its end gets one that does.</summary>
        private List<Slot> Widened(IEnumerable<Slot> slots, int align)
        {
            var widened = slots.Select(slot => Named(slot, "bits")).ToList();
            var size = widened.Select(slot => slot.Size).DefaultIfEmpty(0).Max();
            if ((size + align - 1) / align * align < record.Size)
                widened.Add(new(SlotKind.Bytes, _members.Give(_rules.MemberName("bytes")), 0, record.Size, 1, null, null));
            return widened;
        }

        /// <summary>The bytes of bit-fields get a name when it is known that no member has it.</summary>
        private Slot Named(Slot slot, string name) =>
            slot.Kind == SlotKind.Bits ? slot with { Name = _members.Give(_rules.MemberName(name)) } : slot;

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
