using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers;

/// <summary>Everything that the sources define, and how names in them are resolved.</summary>
internal sealed class Definitions : INames
{
    private readonly Dictionary<string, List<Definition>> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RecordDefinition>> _records = new(StringComparer.Ordinal);

    public IEnumerable<Definition> Constants => _constants.Values.SelectMany(list => list);

    public IEnumerable<RecordDefinition> Records => _records.Values.SelectMany(list => list);

    /// <summary>The paths of all files read.</summary>
    public List<string> Files { get; } = [];

    public void Add(SourceFile file, TokenList tokens)
    {
        Files.Add(file.Path);
        var found = new Found();
        file.Language.Read(tokens, found);
        foreach (var constant in found.Constants)
            Put(_constants, constant.Name, constant with { File = file.Path, Rules = file.Language.Rules });
        foreach (var record in found.Records)
            Put(_records, record.Name, record with { File = file.Path });
    }

    /// <summary>The nearest definition wins: same scope, same file, whole source. Several that differ at one distance are none.</summary>
    public Definition? Find(string name, string scope, Definition usedAt)
    {
        if (!_constants.TryGetValue(name, out var all))
            return null;
        var others = all.Where(candidate => candidate != usedAt).ToList();
        var sameFile = others.Where(candidate => candidate.File == usedAt.File).ToList();
        var inScope = scope.Length > 0 ? scope : usedAt.Scope;
        return Only(sameFile.Where(candidate => candidate.Scope == inScope)) ?? Only(sameFile) ?? (sameFile.Count == 0 ? Only(others) : null);
    }

    public long? SizeOf(string record, string file) => Record(record, file) is { } found ? Layout(file).Of(found)?.Size : null;

    public long? SizeOf(RecordDefinition record) => Layout(record.File).Of(record)?.Size;

    public IReadOnlyList<(string Name, long Offset, long Size)>? FieldsOf(RecordDefinition record) => Layout(record.File).FieldsOf(record);

    private RecordLayout Layout(string file) => new(name => Record(name, file));

    private RecordDefinition? Record(string name, string file)
    {
        if (!_records.TryGetValue(name, out var all))
            return null;
        var sameFile = all.Where(candidate => candidate.File == file).ToList();
        return sameFile.Count == 1 ? sameFile[0] : sameFile.Count == 0 && all.Count == 1 ? all[0] : null;
    }

    private static Definition? Only(IEnumerable<Definition> candidates)
    {
        Definition? first = null;
        foreach (var candidate in candidates)
        {
            if (first is not null && (candidate.Step != first.Step || candidate.Iota != first.Iota || !Text(candidate).SequenceEqual(Text(first))))
                return null;
            first ??= candidate;
        }
        return first;
    }

    private static IEnumerable<string> Text(Definition definition) => definition.Expression.Select(token => token.Text);

    private static void Put<T>(Dictionary<string, List<T>> lists, string name, T item)
    {
        if (!lists.TryGetValue(name, out var list))
            lists[name] = list = [];
        list.Add(item);
    }
}
