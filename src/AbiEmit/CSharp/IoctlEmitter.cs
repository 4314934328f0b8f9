using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Emits each ioctl request tied to the type of its argument.</summary>
internal static class IoctlEmitter
{
    public static string? Emit(EmittableModel model, NamePlan names)
    {
        var spec = model.Spec;
        var made = spec.Unresolved.Select(macro => (Macro: macro, Formula: RequestFormula.Of(macro)!))
            .Where(item => item.Formula is not null).ToList();
        if (spec.Ioctls.Count + made.Count == 0)
            return null;
        var code = CodeWriter.File(model);
        code.Line($"/// <summary>The ioctl requests of <c>{spec.Header}</c>.</summary>");
        code.Open($"{model.Access} static class {names.IoctlsClass}");
        foreach (var ioctl in spec.Ioctls)
        {
            var request = Argument(ioctl, model, names) is { } argument ? $"IoctlRequest<{argument}>" : "IoctlRequest";
            code.Separate();
            code.Summary(ioctl.Name, ioctl.Doc, names.Place(ioctl.Name));
            code.Line($"public static {request} {names.Ioctl(ioctl.Name)} => new({Code(ioctl)});");
        }
        foreach (var (macro, formula) in made)
            Write(code, names, macro, formula);
        return code.Finish();
    }

    /// <summary>A request that depends on arguments, such as the length of what it asks for.</summary>
    private static void Write(CodeWriter code, NamePlan names, UnresolvedSpec macro, RequestFormula formula)
    {
        var parameters = formula.Parameters.Select(CSharpName.Verbatim).ToList();
        var request = formula.ArgumentId.Length > 0 && names.Type(formula.ArgumentId) is { } argument
            ? $"IoctlRequest<{names.Qualified(argument)}>" : "IoctlRequest";
        var sum = string.Concat(parameters.Zip(formula.Factors, (name, factor) =>
            factor switch { 0 => "", 1 => " + " + name, _ => $" + ({name} * {Hex(factor)})" }));
        code.Separate();
        code.Summary($"{macro.Name}({string.Join(", ", formula.Parameters)})", "", names.Place(macro));
        code.Line($"public static {request} {names.Ioctl(macro.Name)}({string.Join(", ", parameters.Select(name => "uint " + name))}) => "
            + $"new(unchecked({Hex(formula.Base)}{sum}));");
    }

    /// <summary>The argument's C# type, or null when the request has none that C# can name.</summary>
    public static string? Argument(IoctlSpec ioctl, EmittableModel model, NamePlan names) =>
        ioctl.Argument.Length > 0 && !ioctl.ArgumentType.IsArray ? CSharpType.Of(ioctl.ArgumentType, model, names) : null;

    public static string Code(IoctlSpec ioctl) => Hex(ioctl.Code);

    private static string Hex(uint number) => "0x" + number.ToString("X8", CultureInfo.InvariantCulture) + "U";
}
