using System.Globalization;
using Faultline.AbiEmit.Native;

namespace Faultline.AbiEmit.Go;

/// <summary>Unions, which Go does not have: their bytes, aligned, and a method that looks at them as one of the members.</summary>
internal static class GoUnion
{
    public static void Write(SourceWriter code, Shape shape, GoTypes types)
    {
        var size = shape.Record.Size.ToString(CultureInfo.InvariantCulture);
        code.Open($"type {shape.Name} struct {{");
        // On a 32-bit machine these 8-byte numbers are aligned to 4 bytes, as everything is there.
        var word = Math.Min(shape.Align, 8) switch { 8 => "uint64", 4 => "uint32", 2 => "uint16", _ => "" };
        if (word.Length > 0)
            code.Line($"_ [0]{word}");
        code.Line($"Bytes [{size}]byte");
        code.Close("}");
        var methods = new Identifiers(["Bytes"]);
        foreach (var slot in shape.Slots.Where(slot => slot.Field is not null))
        {
            var type = slot.Kind == SlotKind.Place ? types.Element(slot.Field!.Type) ?? slot.Inner?.Name ?? "byte" : types.Of(slot);
            code.Line();
            code.Doc(slot.Field!.Doc, "//");
            code.Open($"func (r *{shape.Name}) {methods.Give(slot.Name)}() *{type} {{");
            code.Line($"return (*{type})(unsafe.Pointer(r))");
            code.Close("}");
        }
    }
}
