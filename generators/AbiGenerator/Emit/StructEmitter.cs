using Faultline.AbiGenerator.Parsing;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Emit;

/// <summary>Emits one blittable struct for each struct and union, every member at its exact offset.</summary>
internal static class StructEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var plans = Plans(model, names).ToList();
        if (plans.Count == 0)
            return null;
        var code = CodeWriter.File(model.Namespace, model.Spec, "System.Runtime.CompilerServices", "System.Runtime.InteropServices");
        foreach (var plan in plans)
        {
            code.Separate();
            Write(code, plan, top: true);
        }
        return code.Finish();
    }

    public static IEnumerable<StructPlan> Plans(EmittableModel model, NamePlan names) =>
        model.Spec.Structs.Select(record => StructPlan.For(model, names, record)).Where(plan => plan is not null).Select(plan => plan!);

    private static void Write(CodeWriter code, StructPlan plan, bool top)
    {
        var keyword = plan.Record.Kind == RecordKind.Union ? "union" : "struct";
        code.Summary(top ? plan.Record.Id : $"{keyword} in {plan.CName}", plan.Record.Doc);
        code.Line($"[StructLayout(LayoutKind.Explicit, Size = {StructPlan.Text(plan.Record.Size)}, Pack = 1)]");
        code.Open($"public struct {plan.Name}");
        foreach (var field in plan.Fields)
        {
            code.Separate();
            code.Summary(field.CName, field.Doc);
            if (plan.Overlaid)
            {
                code.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
                code.Line($"public ref {field.Type} {field.Name} => ref Unsafe.As<byte, {field.Type}>(ref Unsafe.AddByteOffset(ref Unsafe.As<{plan.FullName}, byte>(ref this), {StructPlan.Text(field.Offset)}));");
                continue;
            }
            code.Line($"[FieldOffset({StructPlan.Text(field.Offset)})] public {field.Type} {field.Name};");
        }
        if (plan.Overlaid)
            WriteBytes(code, plan.Record.Size);
        foreach (var bits in plan.Bits)
            Write(code, bits);
        foreach (var place in plan.Places)
        {
            code.Separate();
            code.Summary(place.CName, place.Doc);
            code.Line("/// <remarks>Where it begins, in bytes; it has none of its own.</remarks>");
            code.Line($"public const int {place.Name} = {StructPlan.Text(place.Offset)};");
        }
        foreach (var array in plan.Arrays)
        {
            code.Separate();
            code.Line($"/// <summary>{StructPlan.Text(array.Length)} elements in a row; those of a C array with several dimensions row by row.</summary>");
            code.Line($"[InlineArray({StructPlan.Text(array.Length)})]");
            code.Open($"public struct {array.Name}");
            code.Line($"private {array.Element} _element;");
            code.Close();
        }
        foreach (var nested in plan.Nested)
        {
            code.Separate();
            Write(code, nested, top: false);
        }
        code.Close();
    }

    /// <summary>The room of members that are references, in as few fields as cover it.</summary>
    private static void WriteBytes(CodeWriter code, long size)
    {
        for (long offset = 0; offset < size;)
        {
            var (type, bytes) = (size - offset) switch { >= 8 => ("ulong", 8), >= 4 => ("uint", 4), >= 2 => ("ushort", 2), _ => ("byte", 1) };
            code.Separate();
            code.Line($"[FieldOffset({StructPlan.Text(offset)})] private {type} _bytes{StructPlan.Text(offset)};");
            offset += bytes;
        }
    }

    private static void Write(CodeWriter code, PlannedBits bits)
    {
        var (bit, width) = (StructPlan.Text(bits.Bit), StructPlan.Text(bits.Width));
        var read = bits.Signed ? "ReadSigned" : "Read";
        code.Separate();
        code.Summary($"{bits.CName} : {width}", bits.Doc);
        code.Open($"public {bits.Type} {bits.Name}");
        code.Line($"readonly get => unchecked(({bits.Type})BitFields.{read}(in this, {bit}, {width}));");
        code.Line($"set => BitFields.Write(ref this, {bit}, {width}, unchecked((ulong)value));");
        code.Close();
    }
}
