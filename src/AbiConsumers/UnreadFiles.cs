namespace Faultline.AbiConsumers;

/// <summary>Sources in a language that no reader knows: they may say something of the header, and nothing here tells what.</summary>
/// <param name="Naming">How many of the files have a name of the header among their words.</param>
public sealed record UnreadFiles(string Language, int Files, int Naming)
{
    public override string ToString() =>
        $"{Files} {Language} {(Files == 1 ? "file" : "files")}{(Naming == 0 ? "" : $", {Naming} of which "
            + $"{(Naming == 1 ? "has" : "have")} names of the header")}";

    internal static IReadOnlyList<UnreadFiles> Of(IEnumerable<(string Language, HashSet<string> Words)> files, IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        return [.. files.GroupBy(file => file.Language, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new UnreadFiles(group.Key, group.Count(), group.Count(file => file.Words.Overlaps(known))))];
    }
}
