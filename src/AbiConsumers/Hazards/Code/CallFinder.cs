namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Which function a call means, by its name and what stands before it.</summary>
internal sealed class CallFinder
{
    private readonly ILookup<string, Function> _byFile;
    private readonly ILookup<string, Function> _shared;

    public CallFinder(IReadOnlyList<Function> all)
    {
        _byFile = all.ToLookup(function => function.File, StringComparer.Ordinal);
        _shared = all.Where(function => !function.IsLocal && function.Name.Length > 0)
            .ToLookup(function => function.Name, StringComparer.Ordinal);
    }

    /// <summary>The functions of each file.</summary>
    public ILookup<string, Function> ByFile => _byFile;

    /// <summary>The function that is called where a name stands; null when it is not among those read, or is one of several.</summary>
    public Function? Find(Function caller, int at)
    {
        var (body, name) = (caller.Body, caller.Body[at].Text);
        var others = _shared[name].Where(candidate => candidate.Language == caller.Language);
        // uffd::create is in uffd.rs, and uffd.Create in a folder of that name, whoever else has a create.
        if ((body.At(at - 1).Is("::") || body.At(at - 1).Is(".")) && Single(others.Where(other => IsIn(other.File, body.At(at - 2).Text)))
            is { } there)
            return there;
        // A name that several files define is another function for each program.
        return _byFile[caller.File].FirstOrDefault(candidate => candidate.Name == name) ?? Single(others);
    }

    private static Function? Single(IEnumerable<Function> candidates) => candidates.Take(2).ToList() is [var only] ? only : null;

    private static bool IsIn(string file, string name) => name.Length > 0
        && (Path.GetFileNameWithoutExtension(file) == name || Path.GetFileName(Path.GetDirectoryName(file)) == name);
}
