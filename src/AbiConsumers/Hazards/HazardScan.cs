using Faultline.AbiConsumers.Hazards.Code;
using Faultline.AbiConsumers.Hazards.Rules;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards;

/// <summary>Looks through the sources of a program for known misuses of userfaultfd.</summary>
public static class HazardScan
{
    /// <summary>What may leave a file out: it does not even name the thing.</summary>
    private static readonly string[] Signs = ["uffd", "userfault"];

    private static readonly Func<SourceProgram, IEnumerable<Hazard>>[] Rules = [WriteProtection.In, Filling.In, Handshaking.In,
        SecondHandshake.In, TypedNumbers.In];

    /// <summary>Reads every source file below a folder and judges those that use userfaultfd.</summary>
    public static HazardReport Run(string folder, CancellationToken cancellation, IProgress<string>? progress = null)
    {
        var tree = new SourceTree(folder);
        var users = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var definitions = new Definitions();
        var functions = new List<Function>();
        var files = 0;
        foreach (var file in tree.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report($"reading {file.Path}, after {files} files");
            files += file.IsEmbedded ? 0 : 1;
            if (!Array.Exists(Signs, sign => file.Text.Contains(sign, StringComparison.OrdinalIgnoreCase)) && !HasTypedRequest(file.Text))
                continue;
            if (!file.IsEmbedded)
                users[file.Language.Name] = users.GetValueOrDefault(file.Language.Name) + 1;
            var tokens = Lexer.Read(file.Text, file.Language.Rules);
            definitions.Add(file, tokens);
            functions.AddRange(FunctionFinder.Of(file, tokens));
        }

        progress?.Report($"looking through {functions.Count} functions");
        var calls = new CallFinder(functions);
        var programs = new ProgramFinder(functions, calls).Programs(new(definitions, calls)).ToList();
        return new()
        {
            Folder = folder,
            Files = files,
            Users = users,
            Requests = programs.SelectMany(program => program.Requests.Select(request => (request.Function, request.At))
                .Concat(program.CrateCalls)).Distinct().Count(),
            Skipped = tree.Skipped,
            Unread = UnreadFiles.Of(tree.Unread, UffdNames.Requests.Values),
            Hazards = Surest(programs.SelectMany(program => Rules.SelectMany(rule => rule(program)))),
        };
    }

    /// <summary>A request written as a number needs no name of the header.</summary>
    private static bool HasTypedRequest(string text) => UffdNames.Requests.Keys.Any(code => text.Contains($"0x{code:x8}",
        StringComparison.OrdinalIgnoreCase));

    /// <summary>Programs that share a helper find the same place in it: one of them is enough, the surest.</summary>
    private static IReadOnlyList<Hazard> Surest(IEnumerable<Hazard> found) =>
    [
        .. found.GroupBy(hazard => (hazard.Kind.Id, hazard.File, hazard.Line)).Select(group => group.MaxBy(hazard => hazard.Sure)!)
            .OrderBy(hazard => HazardKind.All.ToList().IndexOf(hazard.Kind)).ThenBy(hazard => hazard.File, StringComparer.Ordinal)
                .ThenBy(hazard => hazard.Line),
    ];
}
