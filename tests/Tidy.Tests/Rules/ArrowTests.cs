using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Faultline.Tidy.Tests.Rules;

/// <summary>
/// Which folder uses whose types. <c>arrows.txt</c> is the committed picture, a folder a line; a new arrow is a decision that shows in a
/// review (<c>FAULTLINE_TIDY=draw</c> draws it again).
/// </summary>
public class ArrowTests
{
    private const string Picture = "tests/Tidy.Tests/arrows.txt";

    [Fact]
    public void The_picture_of_who_uses_whom_is_true()
    {
        var drawn = Drawn().Select(room => room.Value.Count == 0 ? room.Key : $"{room.Key} -> {string.Join(' ', room.Value)}").ToList();
        if (Environment.GetEnvironmentVariable("FAULTLINE_TIDY") == "draw")
            File.WriteAllLines(Repository.PathOf(Picture), drawn);
        var committed = Repository.Lines(Picture);
        var problems = drawn.Except(committed).Select(line => $"it is now:     {line}")
            .Concat(committed.Except(drawn).Select(line => $"the picture has: {line}")).ToList();
        Assert.True(problems.Count == 0, $"{Picture} is not how the folders use each other:\n{string.Join('\n', problems)}");
    }

    /// <summary>Of any length: folders that reach each other by arrows are one circle, told once.</summary>
    [Fact]
    public void Folders_do_not_use_each_other_in_a_circle()
    {
        var arrows = Drawn();
        var reached = arrows.Keys.ToDictionary(room => room, room => ReachedFrom(room, arrows));
        var circles = arrows.Keys
            .Select(room => arrows.Keys.Where(other => reached[room].Contains(other) && reached[other].Contains(room)).ToList())
            .Where(circle => circle.Count > 1)
            .DistinctBy(circle => circle[0]);
        Tolerated.Check("circle", circles.Select(circle => new Violation(circle[0], 0, $"{string.Join(", ", circle)} use each other in a circle")));
    }

    private static HashSet<string> ReachedFrom(string room, SortedDictionary<string, SortedSet<string>> arrows)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(arrows[room]);
        while (next.TryPop(out var other))
        {
            if (reached.Add(other))
            {
                foreach (var further in arrows[other])
                    next.Push(further);
            }
        }

        return reached;
    }

    private static SortedDictionary<string, SortedSet<string>> Drawn()
    {
        var files = Repository.Ending(".cs")
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("generators/", StringComparison.Ordinal))
            .Select(file => (Room: RoomOf(file), Root: CSharpSyntaxTree.ParseText(Repository.Text(file)).GetCompilationUnitRoot())).ToList();
        var homes = files.SelectMany(file => DeclaredIn(file.Root).Select(type => (type.Name, type.Namespace, file.Room)))
            .ToLookup(type => type.Name, type => (type.Namespace, type.Room));
        var arrows = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (room, root) in files)
        {
            if (!arrows.TryGetValue(room, out var used))
                arrows[room] = used = new SortedSet<string>(StringComparer.Ordinal);
            used.UnionWith(UsedBy(root, homes).Where(other => other != room));
        }

        return arrows;
    }

    /// <summary>Project and first folder: <c>src/Harness/Guest</c>.</summary>
    private static string RoomOf(string file) => string.Join('/', file.Split('/')[..^1].Take(3));

    private static IEnumerable<(string Name, string Namespace)> DeclaredIn(CompilationUnitSyntax root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
        .Select(type => (type.Identifier.Text, NamespaceOf(root)));

    private static string NamespaceOf(CompilationUnitSyntax root) =>
        root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    /// <summary>Rooms whose types are named where their namespace is in reach: imported, around, or written before the name.</summary>
    private static IEnumerable<string> UsedBy(CompilationUnitSyntax root, ILookup<string, (string Namespace, string Room)> homes)
    {
        var imported = root.Usings.Select(import => import.Name?.ToString() ?? "").ToHashSet();
        var around = NamespaceOf(root);
        foreach (var name in root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            foreach (var (home, room) in homes[name.Identifier.Text])
            {
                if (imported.Contains(home) || IsAround(home, around) || IsWrittenBefore(home, name))
                    yield return room;
            }
        }
    }

    private static bool IsAround(string home, string around) => around == home || around.StartsWith(home + ".", StringComparison.Ordinal);

    private static bool IsWrittenBefore(string home, SimpleNameSyntax name)
    {
        var before = name.Parent switch
        {
            QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left.ToString(),
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression.ToString(),
            _ => null,
        };
        return before is not null && (home == before || home.EndsWith("." + before, StringComparison.Ordinal));
    }
}
