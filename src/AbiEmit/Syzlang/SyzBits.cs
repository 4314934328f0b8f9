using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Syzlang;

/// <summary>Bit-fields in syzlang: <c>name int32:3</c>, where they fill whole words; else the bytes they lie in.</summary>
internal static class SyzBits
{
    /// <summary>The lines of one run of bit-fields, each a name and a type.</summary>
    public static IReadOnlyList<(string Name, string Type)> Lines(Shape shape, Slot run, string target, Func<string, string> member)
    {
        var (from, to) = (run.Offset * 8, (run.Offset + run.Size) * 8);
        var bits = shape.Bits.Where(bit => bit.Bit >= from && bit.Bit < to).OrderBy(bit => bit.Bit).ToList();
        var unit = bits.Count == 0 ? 0 : bits[0].Field.Type.Kind == TypeKind.Integer ? bits[0].Field.Type.ScalarSize * 8 : 0;
        var whole = unit > 0 && !shape.IsUnion && !shape.Packed && from % unit == 0 && (to - from) % unit == 0 && shape.Align * 8 >= unit
            && bits.TrueForAll(bit => bit.Field.Type.ScalarSize * 8 == unit && bit.Bit / unit == (bit.Bit + bit.Width - 1) / unit)
            && !LayoutRules.IsBigEndian(target);
        if (!whole)
            return [(run.Name, $"array[int8, {SyzTypes.Text(run.Size)}]")];
        var lines = new List<(string, string)>();
        var at = from;
        foreach (var bit in bits)
        {
            Pad(bit.Bit);
            lines.Add((member(bit.Field.Name), $"int{SyzTypes.Text(unit)}:{SyzTypes.Text(bit.Width)}"));
            at = bit.Bit + bit.Width;
        }
        Pad(to);
        return lines;

        void Pad(long until)
        {
            while (at < until)
            {
                var width = Math.Min(until, (at / unit + 1) * unit) - at;
                lines.Add((member("pad_bits"), $"const[0, int{SyzTypes.Text(unit)}:{SyzTypes.Text(width)}]"));
                at += width;
            }
        }
    }
}
