namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Puts functions together into programs, by who calls whom.</summary>
/// <remarks>A folder often holds many programs, such as one test each file: what one of them asks for says nothing of the next.</remarks>
internal sealed class ProgramFinder
{
    private readonly IReadOnlyList<Function> _all;
    private readonly CallFinder _calls;

    public ProgramFinder(IReadOnlyList<Function> all, CallFinder calls) => (_all, _calls) = (all, calls);

    /// <summary>One program for each file that no other file calls into; then for what these do not reach, callers before those they
    /// call.</summary>
    public IEnumerable<SourceProgram> Programs(FlagReader reader)
    {
        var calls = _all.ToDictionary(function => function, function => Callees(function).ToList());
        var callers = calls.SelectMany(pair => pair.Value.Where(callee => callee.File != pair.Key.File)
            .Select(callee => (callee.File, Caller: pair.Key.File)))
            .Distinct().ToLookup(pair => pair.File, pair => pair.Caller, StringComparer.Ordinal);
        var left = _calls.ByFile.Select(group => group.Key).Order(StringComparer.Ordinal).ToList();
        var reached = new HashSet<Function>();
        while (left.Count > 0)
        {
            var file = left.MinBy(candidate => callers[candidate].Count(left.Contains))!;
            left.Remove(file);
            if (callers[file].Any() && _calls.ByFile[file].Where(function => function.NamesHeader).All(reached.Contains))
                continue;
            var functions = Reach(_calls.ByFile[file], calls);
            reached.UnionWith(functions);
            yield return new(functions, reader, _calls);
        }
    }

    private IEnumerable<Function> Callees(Function function) =>
        function.Calls().Select(at => _calls.Find(function, at)).OfType<Function>().Distinct();

    private static List<Function> Reach(IEnumerable<Function> from, Dictionary<Function, List<Function>> calls)
    {
        var reached = new List<Function>(from);
        var known = reached.ToHashSet();
        for (var at = 0; at < reached.Count; at++)
            reached.AddRange(calls[reached[at]].Where(known.Add));
        return reached;
    }
}
