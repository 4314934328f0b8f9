using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Emits, for each ioctl, the misuse that every ioctl of its shape must refuse.</summary>
internal static class MisuseTestEmitter
{
    public const string ClassSuffix = "MisuseTests";

    private const string Case = "global::Faultline.AbiTests.Generated.IoctlCase";

    public static string? Emit(EmittableModel model, NamePlan names)
    {
        // Only an API with a handshake has a file descriptor and a protocol that these cases are about.
        var handshakes = Handshake.Of(model.Spec).ToList();
        if (handshakes.Count == 0)
            return null;
        var code = new TestClass(model, names.HeaderClass + ClassSuffix, "what every ioctl must refuse");
        foreach (var ioctl in model.Spec.Ioctls)
        {
            var shape = ArgumentShape.Of(ioctl, model.Spec);
            var isHandshake = handshakes.Any(pair => pair.Ioctl.Name == ioctl.Name);
            var field = "Case_" + CSharpName.Clean(ioctl.Name);
            code.Code.Separate();
            code.Code.Line($"private static readonly {Case} {field} = new({Literal.Of(ioctl.Name)}, {IoctlEmitter.Code(ioctl)}, {StructPlan.Text(ioctl.Size)}, "
                + $"{Number(shape.RangeStart)}, {Number(shape.RangeLength)}, {Number(shape.Mode)}, {StructPlan.Text(shape.ModeSize)}, {Literal.Of(shape.KnownModes, TypeRef.Integer(8, signed: false))});");
            if (ioctl.Size > 0 && !isHandshake)
                code.Test(ioctl.Name + "_before_the_handshake_is_refused", $"MisuseBeforeHandshake({field})");
            if (shape.RangeStart is not null)
                code.Test(ioctl.Name + "_of_an_unaligned_range_is_refused", $"MisuseUnaligned({field})");
            if (shape.RangeLength is not null)
                code.Test(ioctl.Name + "_of_an_empty_range_is_refused", $"MisuseZeroLength({field})");
            if (shape.Mode is not null)
                code.Test(ioctl.Name + "_with_unknown_mode_bits_is_refused", $"MisuseUnknownModeBits({field})");
            code.Test(ioctl.Name + "_on_another_kind_of_file_is_refused", $"MisuseWrongFd({field})");
        }
        return code.Finish();
    }

    private static string Number(long? value) => value is { } number ? StructPlan.Text(number) : "null";
}
