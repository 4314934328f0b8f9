
namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>Emits one test for the request code of each ioctl.</summary>
internal static class IoctlTestEmitter
{
    public const string ClassSuffix = "IoctlTests";

    public static string? Emit(EmittableModel model, NamePlan names)
    {
        if (model.Spec.Ioctls.Count == 0)
            return null;
        var code = new TestClass(model, names.HeaderClass + ClassSuffix, "the code of every ioctl request");
        foreach (var ioctl in model.Spec.Ioctls)
        {
            // Where C# has the argument's type, its own size is handed over: the code must encode exactly that.
            var size = IoctlEmitter.Argument(ioctl, model, names) is { } argument
                ? $"global::System.Runtime.CompilerServices.Unsafe.SizeOf<{argument}>()"
                : StructPlan.Text(ioctl.Size);
            code.Test(ioctl.Name + "_has_the_code_of_the_header",
                $"IoctlCode({Literal.Of(ioctl.Name)}, {IoctlEmitter.Code(ioctl)}, {names.IoctlsClass}.{names.Ioctl(ioctl.Name)}.Code, {size})");
        }
        return code.Finish();
    }
}
