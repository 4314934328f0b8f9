namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Puts functions together into programs, by who calls whom.</summary>
/// <remarks>A folder often holds many programs, such as one test each file: what one of them asks for says nothing of the next.</remarks>
internal sealed class ProgramFinder
{
    private readonly IReadOnlyList<Function> _all;
    private readonly ILookup<string, Function> _byFile;
    private readonly ILookup<string, Function> _shared;

    public ProgramFinder(IReadOnlyList<Function> all)
    {
        _all = all;
        _byFile = all.ToLookup(function => function.File, StringComparer.Ordinal);
        _shared = all.Where(function => !function.IsLocal && function.Name.Length > 0)
            .ToLookup(function => function.Name, StringComparer.Ordinal);
    }

    /// <summary>One program for each file that no other file calls into; then for what these do not reach, callers before those they
    /// call.</summary>
    public IEnumerable<SourceProgram> Programs(FlagReader reader)
    {
        var calls = _all.ToDictionary(function => function, function => Callees(function).ToList());
        var callers = calls.SelectMany(pair => pair.Value.Where(callee => callee.File != pair.Key.File)
            .Select(callee => (callee.File, Caller: pair.Key.File)))
            .Distinct().ToLookup(pair => pair.File, pair => pair.Caller, StringComparer.Ordinal);
        var left = _byFile.Select(group => group.Key).Order(StringComparer.Ordinal).ToList();
        var reached = new HashSet<Function>();
        while (left.Count > 0)
        {
            var file = left.MinBy(candidate => callers[candidate].Count(left.Contains))!;
            left.Remove(file);
            if (callers[file].Any() && _byFile[file].Where(function => function.NamesHeader).All(reached.Contains))
                continue;
            var functions = Reach(_byFile[file], calls);
            reached.UnionWith(functions);
            yield return new(functions, reader);
        }
    }

    private IEnumerable<Function> Callees(Function function)
    {
        foreach (var name in function.Calls().Select(at => function.Body[at].Text).Distinct(StringComparer.Ordinal))
        {
            var here = _byFile[function.File].FirstOrDefault(candidate => candidate.Name == name);
            var candidates = here is not null ? [here] : _shared[name].Where(candidate => candidate.Language == function.Language).Take(2)
                .ToList();
            // A name that several files define is another function for each program.
            if (candidates.Count == 1)
                yield return candidates[0];
        }
    }

    private static List<Function> Reach(IEnumerable<Function> from, Dictionary<Function, List<Function>> calls)
    {
        var reached = new List<Function>(from);
        var known = reached.ToHashSet();
        for (var at = 0; at < reached.Count; at++)
            reached.AddRange(calls[reached[at]].Where(known.Add));
        return reached;
    }
}
