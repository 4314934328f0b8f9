using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Go;

/// <summary>Bit-fields as methods, for Go has none.</summary>
internal static class GoBits
{
    /// <summary>
    /// As the C compilers of Linux lay them out: from the low bit up on little-endian machines, from the high bit down on
    /// others.
    /// </summary>
    public static string Helpers(string target)
    {
        var (shift, place) = LayoutRules.IsBigEndian(target) ? ("7 - (bit+i)%8", "width-1-i") : ("(bit + i) % 8", "i");
        return $$"""

            // Bit-fields: bit counts from the start of the record.
            func bitsOf(record unsafe.Pointer, bit, width uint) (value uint64) {
            	for i := uint(0); i < width; i++ {
            		shift := {{shift}}
            		value |= uint64(*(*byte)(unsafe.Add(record, (bit+i)/8))>>shift&1) << ({{place}})
            	}
            	return value
            }

            func setBitsOf(record unsafe.Pointer, bit, width uint, value uint64) {
            	for i := uint(0); i < width; i++ {
            		shift := {{shift}}
            		b := (*byte)(unsafe.Add(record, (bit+i)/8))
            		*b = *b&^(1<<shift) | byte(value>>({{place}})&1)<<shift
            	}
            }
            """;
    }

    public static void Write(SourceWriter code, Shape shape, GoTypes types)
    {
        // Methods and members share their names.
        var names = new Identifiers(shape.Slots.Select(slot => slot.Name).Append("Bytes"));
        foreach (var bits in shape.Bits)
        {
            var (bit, width) = (bits.Bit.ToString(CultureInfo.InvariantCulture), bits.Width.ToString(CultureInfo.InvariantCulture));
            var type = types.Element(bits.Field.Type) ?? "uint64";
            var rest = (64 - bits.Width).ToString(CultureInfo.InvariantCulture);
            var read = $"bitsOf(unsafe.Pointer(r), {bit}, {width})";
            var name = GoTypes.Camel(bits.Field.Name);
            code.Line();
            code.Doc(bits.Field.Doc, "//");
            code.Open($"func (r *{shape.Name}) {names.Give(name)}() {type} {{");
            code.Line(bits.Field.Type.IsSigned ? $"return {type}(int64({read}<<{rest}) >> {rest})" : $"return {type}({read})");
            code.Close("}");
            code.Line();
            code.Open($"func (r *{shape.Name}) {names.Give("Set" + name)}(value {type}) {{");
            code.Line($"setBitsOf(unsafe.Pointer(r), {bit}, {width}, uint64(value))");
            code.Close("}");
        }
    }
}
