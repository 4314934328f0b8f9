namespace Faultline.Harness.Kconfig;

/// <summary>Finds out why options were dropped.</summary>
internal static class KconfigExplanation
{
    /// <summary>How far a chain of unmet dependencies is followed.</summary>
    private const int MaximumDepth = 4;

    public static DroppedOption Explain(KconfigRequest request, KconfigValues values, KconfigTree tree)
    {
        var actual = values.Get(request.Symbol);
        var definitions = tree.DefinitionsOf(request.Symbol);
        return new DroppedOption(request, actual, definitions switch
        {
            [] => ["this tree has no such option; check the spelling, or whether the series that adds it is applied"],
            _ when request.Value == "n" => WhyOn(request.Symbol, values, tree, definitions),
            _ => WhyOff(request, actual, values, tree, definitions),
        });
    }

    private static List<string> WhyOn(string symbol, KconfigValues values, KconfigTree tree, IReadOnlyList<KconfigDefinition> definitions)
    {
        var selectors = tree.SelectorsOf(symbol, values).Take(5).ToList();
        if (selectors.Count > 0)
            return [$"selected by {string.Join(", ", selectors)}"];
        return definitions.Any(d => Visible(d, values))
            ? ["another line of the configuration sets it"]
            : ["it cannot be set by hand here: its default applies"];
    }

    private static List<string> WhyOff(
        KconfigRequest request, string actual, KconfigValues values, KconfigTree tree, IReadOnlyList<KconfigDefinition> definitions)
    {
        var reasons = new List<string>();
        foreach (var definition in definitions)
        {
            var place = $"{definition.File}:{definition.Line}";
            var unmet = Unmet(definition, values).ToList();
            foreach (var term in unmet)
            {
                var roots = string.Join("", Roots(term, values, tree, 1, [request.Symbol]));
                reasons.Add($"depends on {term}, which does not hold ({place}){roots}");
            }

            if (unmet.Count == 0 && !definition.HasPrompt)
                reasons.Add($"has no prompt ({place}): it cannot be requested, only selected by another option");
        }

        // Where one definition has everything it needs, another's unmet dependency is not the reason.
        if (definitions.Any(d => d.HasPrompt && !Unmet(d, values).Any()))
            reasons = [actual == "m" || request.Value == "m"
                ? $"came out as '{actual}': a dependency is a module, or modules are off"
                : "every dependency holds: it is one of a choice of which another was taken, or the value is out of range"];
        return reasons;
    }

    private static bool Visible(KconfigDefinition definition, KconfigValues values) => definition.HasPrompt && !Unmet(definition, values).Any();

    private static IEnumerable<KconfigExpression> Unmet(KconfigDefinition definition, KconfigValues values) =>
        definition.Dependencies.Concat(definition.PromptConditions).SelectMany(e => e.FalseTerms(values)).Distinct();

    /// <summary>What in turn keeps the options of a term off, down to the first that could be requested.</summary>
    private static IEnumerable<string> Roots(KconfigExpression term, KconfigValues values, KconfigTree tree, int depth, HashSet<string> seen)
    {
        if (depth >= MaximumDepth)
            yield break;
        foreach (var symbol in term.Symbols.Where(s => values.Get(s) == "n").Distinct())
        {
            if (!seen.Add(symbol))
                continue;
            var indent = "\n" + new string(' ', 2 * depth);
            var definitions = tree.DefinitionsOf(symbol);
            if (definitions.Count == 0)
            {
                yield return $"{indent}{symbol} does not exist in this tree (for this architecture)";
                continue;
            }

            if (definitions.Any(d => Visible(d, values)))
            {
                yield return $"{indent}{symbol} is off and can be set: add CONFIG_{symbol}=y";
                continue;
            }

            if (definitions.FirstOrDefault(d => Unmet(d, values).Any()) is not { } blocked)
            {
                yield return $"{indent}{symbol} is off and has no prompt: another option must select it";
                continue;
            }

            foreach (var next in Unmet(blocked, values))
                yield return $"{indent}{symbol} depends on {next}" + string.Join("", Roots(next, values, tree, depth + 1, seen));
        }
    }
}
