namespace Faultline.AbiEmit.CSharp;

/// <summary>All that is generated of one model, in one file.</summary>
internal static class CSharpFile
{
    /// <param name="heading">Lines that tell where the model came from.</param>
    public static string Emit(EmittableModel model, NamespaceSupport support, IEnumerable<string> heading)
    {
        var names = NamePlan.For(model);
        // The records come first: theirs alone begin with using directives.
        string?[] parts =
        [
            StructEmitter.Emit(model, names), EnumEmitter.Emit(model, names), ConstantEmitter.Emit(model, names),
            IoctlEmitter.Emit(model, names), SupportEmitter.Emit(support),
        ];
        var files = parts.Where(part => part is not null).Select(part => part!).ToList();
        return string.Concat(heading.Select(line => $"// {line}\n")) + files[0] + string.Concat(files.Skip(1).Select(Body));
    }

    /// <summary>A file without its head, which the first one has.</summary>
    private static string Body(string file) => "\n" + file.Substring(file.IndexOf("namespace ", StringComparison.Ordinal));
}
