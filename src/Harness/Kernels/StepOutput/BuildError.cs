using System.Text.RegularExpressions;

namespace Faultline.Harness.Kernels.StepOutput;

/// <summary>One complaint of the compiler, the linker or kconfig.</summary>
/// <param name="File">Path inside the source tree, or as printed when it lies elsewhere; null when the message has no place.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Message">The words after "error:".</param>
internal sealed partial record BuildError(string? File, int? Line, string Message)
{
    /// <summary>The patch of the series that the line comes from, with the line in it where that is known: <c>PATH:26</c>.</summary>
    public string? Patch { get; init; }

    public override string ToString() => File is null ? Message
        : $"{File}{(Line is { } line ? $":{line}" : "")}: {Message}{(Patch is null ? "" : $" ({Patch})")}";

    /// <summary>The errors in a build log, in order, each once.</summary>
    public static IReadOnlyList<BuildError> Find(IEnumerable<string> log)
    {
        var errors = new List<BuildError>();
        foreach (var line in log)
        {
            if (Of(line) is { } error && !errors.Contains(error))
                errors.Add(error);
        }

        return errors;
    }

    private static BuildError? Of(string line)
    {
        if (Compiler().Match(line) is { Success: true } compiler)
            return new BuildError(InsideTree(compiler.Groups[1].Value), int.Parse(compiler.Groups[2].Value), compiler.Groups[3].Value);
        if (Kconfig().Match(line) is { Success: true } kconfig)
            return new BuildError(InsideTree(kconfig.Groups[1].Value), int.Parse(kconfig.Groups[2].Value), kconfig.Groups[3].Value);
        if (Linker().Match(line) is { Success: true } linker)
            return new BuildError(linker.Groups[1].Success ? InsideTree(linker.Groups[1].Value) : null, null, linker.Groups[2].Value);
        if (LinkerPlace().Match(line) is { Success: true } place)
            return new BuildError(InsideTree(place.Groups[1].Value), null, place.Groups[2].Value);
        if (NoRule().Match(line) is { Success: true } rule)
            return new BuildError(null, null, rule.Groups[1].Value);
        return null;
    }

    /// <summary>kbuild prints paths relative to the build folder or absolute; people know them from the top of the tree.</summary>
    internal static string InsideTree(string path)
    {
        foreach (var prefix in (string[])["../src/", "/kernel/src/", "/kernel/build/", "/tree/", "./"])
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                return path[prefix.Length..];
        }

        return path;
    }

    [GeneratedRegex(@"^([^\s:][^:]*):(\d+):\d+: (?:fatal )?error: (.+)$")]
    private static partial Regex Compiler();

    [GeneratedRegex(@"^([^\s:]*Kconfig[^\s:]*):(\d+):\s*(?:error:\s*)?(?!warning)(.+)$")]
    private static partial Regex Kconfig();

    [GeneratedRegex(@"^ld: (?:([^\s:]+\.[coS]):(?:\([^)]*\):)? ?)?(.*(?:undefined reference|multiple definition|undefined symbol).*)$")]
    private static partial Regex Linker();

    // Its second line: the first one, "ld: vmlinux.o: in function `f':", names the function.
    [GeneratedRegex(@"^([^\s:]+\.[cS]):\([^)]*\): ((?:undefined reference|multiple definition).*)$")]
    private static partial Regex LinkerPlace();

    [GeneratedRegex(@"^make(?:\[\d+\])?: \*\*\* (No rule to make target .+?)\.  Stop\.$")]
    private static partial Regex NoRule();
}
