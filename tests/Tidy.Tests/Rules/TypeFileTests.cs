using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Faultline.Tidy.Tests.Rules;

/// <summary>One type a file, and the file has its name: whoever knows a type's name has found it.</summary>
public class TypeFileTests
{
    [Fact]
    public void A_file_holds_the_type_it_is_named_after_and_no_other() => Tolerated.Check(
        "type-file",
        Repository.Ending(".cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("generators/", StringComparison.Ordinal))
            .SelectMany(Strangers));

    private static IEnumerable<Violation> Strangers(string file)
    {
        var root = CSharpSyntaxTree.ParseText(Repository.Text(file)).GetCompilationUnitRoot();
        var types = root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToList();
        if (types.Count == 0)
            yield break;
        // Parts of one type are Type.Part.cs.
        var name = Path.GetFileName(file).Split('.')[0];
        foreach (var type in types.Where(type => NameOf(type) != name && !IsCaseOf(type, name)))
        {
            var line = type.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            yield return new Violation(file, line, $"{NameOf(type)} belongs into a file of its name");
        }
    }

    /// <summary>The cases of a closed set stand with it: records that derive from the file's type.</summary>
    private static bool IsCaseOf(MemberDeclarationSyntax type, string name) =>
        type is TypeDeclarationSyntax { BaseList.Types: [var first, ..] } && first.Type.ToString().Split('(')[0] == name;

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => "",
    };
}
