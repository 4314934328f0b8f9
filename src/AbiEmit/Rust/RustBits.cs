using System.Globalization;
using Faultline.AbiEmit.Native;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Rust;

/// <summary>Bit-fields as methods, for Rust has none.</summary>
internal static class RustBits
{
    /// <summary>
    /// As the C compilers of Linux lay them out: from the low bit up on little-endian machines, from the high bit down on
    /// others.
    /// </summary>
    public static string Helpers(string module) => $$"""

        /// Bit-fields: `bit` counts from the start of the record.
        mod {{module}} {
            pub unsafe fn read(record: *const u8, bit: usize, width: usize) -> u64 {
                (0..width).fold(0, |value, i| {
                    let (shift, place) = place_of(bit + i, i, width);
                    value | ((((unsafe { *record.add((bit + i) / 8) } >> shift) & 1) as u64) << place)
                })
            }

            pub unsafe fn write(record: *mut u8, bit: usize, width: usize, value: u64) {
                for i in 0..width {
                    let (shift, place) = place_of(bit + i, i, width);
                    let byte = unsafe { &mut *record.add((bit + i) / 8) };
                    *byte = (*byte & !(1 << shift)) | ((((value >> place) & 1) as u8) << shift);
                }
            }

            const fn place_of(bit: usize, i: usize, width: usize) -> (usize, usize) {
                if cfg!(target_endian = "big") { (7 - bit % 8, width - 1 - i) } else { (bit % 8, i) }
            }
        }
        """;

    /// <param name="module">What the helpers are called.</param>
    /// <param name="value">A parameter's name that no constant has: it would be taken for that one.</param>
    public static void Write(SourceWriter code, Shape shape, RustTypes types, string module, string value)
    {
        var methods = new Identifiers(RustTypes.Never);
        code.Open($"impl {shape.Name} {{");
        foreach (var bits in shape.Bits)
        {
            var (bit, width) = (bits.Bit.ToString(CultureInfo.InvariantCulture), bits.Width.ToString(CultureInfo.InvariantCulture));
            var type = types.Element(bits.Field.Type) ?? "u64";
            var rest = (64 - bits.Width).ToString(CultureInfo.InvariantCulture);
            var read = $"unsafe {{ {module}::read((self as *const Self).cast(), {bit}, {width}) }}";
            code.Doc(bits.Field.Doc, "///");
            code.Open($"pub fn {methods.Give(RustTypes.Name(bits.Field.Name))}(&self) -> {type} {{");
            code.Line(bits.Field.Type.IsSigned ? $"(({read} << {rest}) as i64 >> {rest}) as {type}" : $"({read}) as {type}");
            code.Close("}");
            code.Open($"pub fn {methods.Give("set_" + Identifiers.Plain(bits.Field.Name))}(&mut self, {value}: {type}) {{");
            code.Line($"unsafe {{ {module}::write((self as *mut Self).cast(), {bit}, {width}, {value} as u64) }}");
            code.Close("}");
        }
        code.Close("}");
    }
}
