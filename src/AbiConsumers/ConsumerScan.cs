using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Matching;
using Faultline.AbiConsumers.Syntax;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers;

/// <summary>Looks through the sources of a consumer for the names of a header.</summary>
public static class ConsumerScan
{
    /// <summary>The languages that are read, for messages.</summary>
    public static string Languages => string.Join(", ", Language.Names);

    /// <summary>Reads every source file below a folder and compares what it says with the header.</summary>
    /// <param name="spec">The model of the header.</param>
    public static ConsumerReport Run(string folder, AbiSpec spec, CancellationToken cancellation, IProgress<string>? progress = null)
    {
        var names = HeaderName.AllOf(spec);
        var index = new NameIndex(names);
        var tree = new SourceTree(folder);
        var files = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var mentions = names.ToDictionary(name => name, _ => 0);
        var definitions = new Definitions();
        foreach (var file in tree.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report($"reading {file.Path}, after {files.Values.Sum()} files");
            if (!file.IsEmbedded)
                files[file.Language.Name] = files.GetValueOrDefault(file.Language.Name) + 1;
            var tokens = Lexer.Read(file.Text, file.Language.Rules);
            definitions.Add(file, tokens);
            CountMentions(tokens, index, mentions);
        }

        var sites = new Comparison(spec, index, definitions).Sites();
        return new()
        {
            Folder = folder,
            Header = spec.Header,
            Target = spec.Target,
            Files = files,
            Skipped = tree.Skipped,
            Unread = UnreadFiles.Of(tree.Unread, names.Select(name => name.Name)),
            Uses = [.. names.Select(name => Use(name, mentions[name], sites[name]))],
        };
    }

    /// <summary>A definition is a mention, also where its language has the name in a form that only the definition tells.</summary>
    private static NameUse Use(HeaderName name, int mentions, IEnumerable<Site> sites)
    {
        var ordered = sites.OrderBy(site => site.File, StringComparer.Ordinal).ThenBy(site => site.Line).ToEquatableArray();
        return new(name, Math.Max(mentions, ordered.Count), ordered);
    }

    private static void CountMentions(TokenList tokens, NameIndex index, Dictionary<HeaderName, int> mentions)
    {
        var code = tokens.WithoutLines();
        var scopes = Scopes.Of(code);
        for (var at = 0; at < code.Count; at++)
        {
            if (code[at].Kind != TokenKind.Name)
                continue;
            var qualified = code.At(at - 1).Is("::") || code.At(at - 1).Is(".") ? code.At(at - 2).Text : "";
            foreach (var name in index.Find(code[at].Text, scopes[at], qualified))
                mentions[name]++;
        }
    }
}
