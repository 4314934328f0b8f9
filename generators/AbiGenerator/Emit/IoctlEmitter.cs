using System.Globalization;
using Faultline.AbiGenerator.Parsing;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Emit;

/// <summary>Emits each ioctl request tied to the type of its argument.</summary>
internal static class IoctlEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        if (spec.Ioctls.Count == 0)
            return null;
        var code = CodeWriter.File(model.Namespace, spec);
        code.Line($"/// <summary>The ioctl requests of <c>{spec.Header}</c>.</summary>");
        code.Open($"public static class {names.IoctlsClass}");
        foreach (var ioctl in spec.Ioctls)
        {
            var request = Argument(ioctl, model, names) is { } argument ? $"IoctlRequest<{argument}>" : "IoctlRequest";
            code.Separate();
            code.Summary(ioctl.Name, ioctl.Doc);
            code.Line($"public static {request} {names.Ioctl(ioctl.Name)} => new({Code(ioctl)});");
        }
        return code.Finish();
    }

    /// <summary>The argument's C# type, or null when the request has none that C# can name.</summary>
    public static string? Argument(IoctlSpec ioctl, EmittableModel model, NamePlan names) =>
        ioctl.Argument.Length > 0 && !ioctl.ArgumentType.IsArray ? CSharpType.Of(ioctl.ArgumentType, model, names) : null;

    public static string Code(IoctlSpec ioctl) => "0x" + ioctl.Code.ToString("X8", CultureInfo.InvariantCulture) + "U";
}
