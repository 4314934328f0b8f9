using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Emits one blittable struct for each struct and union, every member at its exact offset.</summary>
internal static class StructEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var plans = Plans(model, names).ToList();
        if (plans.Count == 0)
            return null;
        var code = CodeWriter.File(model, "System.Runtime.CompilerServices", "System.Runtime.InteropServices");
        foreach (var plan in plans)
        {
            code.Separate();
            Write(code, names, plan, top: true);
        }
        return code.Finish();
    }

    public static IEnumerable<StructPlan> Plans(EmittableModel model, NamePlan names) =>
        model.Spec.Structs.Where(record => names.IsOwn(record.Id)).Select(record => StructPlan.For(model, names, record))
            .Where(plan => plan is not null).Select(plan => plan!);

    private static void Write(CodeWriter code, NamePlan names, StructPlan plan, bool top)
    {
        var keyword = plan.Record.Kind == RecordKind.Union ? "union" : "struct";
        code.Summary(top ? plan.Record.Id : $"{keyword} in {plan.CName}", plan.Record.Doc, top ? names.Place(plan.Record.Id) : "");
        code.Line($"[StructLayout(LayoutKind.Explicit, Size = {StructPlan.Text(plan.Record.Size)}, Pack = 1)]");
        code.Open($"{(top ? code.Access : "public")} struct {plan.Name}");
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
            if (place.SpanName.Length > 0)
                WriteSpan(code, place);
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
            Write(code, names, nested, top: false);
        }
        code.Close();
    }

    /// <summary>The elements of a flexible array lie behind the record, so they are found in bytes that hold both.</summary>
    private static void WriteSpan(CodeWriter code, PlannedPlace place)
    {
        code.Separate();
        code.Line($"/// <summary>The elements of <c>{place.CName}</c>, as many as lie whole in the bytes.</summary>");
        code.Line("/// <param name=\"record\">The record's bytes and those behind it.</param>");
        code.Line($"public static global::System.Span<{place.Element}> {place.SpanName}(global::System.Span<byte> record) => "
            + $"MemoryMarshal.Cast<byte, {place.Element}>(record.Slice({place.Name}));");
    }

    /// <summary>The room of members that are references, in as few fields as cover it.</summary>
    private static void WriteBytes(CodeWriter code, long size)
    {
        for (long offset = 0; offset < size;)
        {
            var (type, bytes) = (size - offset) switch
            {
                >= 8 => ("ulong", 8),
                >= 4 => ("uint", 4),
                >= 2 => ("ushort", 2),
                _ => ("byte", 1),
            };
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
