using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.AbiGenerator.Emit;

/// <summary>C names in C# dress. The first place in the generator where a C# identifier exists.</summary>
internal static class CSharpName
{
    /// <summary><c>uffdio_api</c> and <c>UFFDIO_API</c> both give <c>UffdioApi</c>; inner capitals of a mixed part stay: <c>bNumEndpoints</c> gives <c>BNumEndpoints</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var part in Clean(name).Split(['_'], StringSplitOptions.RemoveEmptyEntries))
        {
            var shouted = part.All(c => !char.IsLower(c));
            text.Append(char.ToUpperInvariant(part[0])).Append(shouted ? part.Substring(1).ToLowerInvariant() : part.Substring(1));
        }
        if (text.Length == 0)
            return "_";
        return char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>The C name itself, which C# takes as it is unless it is a keyword.</summary>
    public static string Verbatim(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : Clean(name);

    /// <summary>C takes characters in names that C# does not, the dollar sign first of all.</summary>
    public static string Clean(string name) =>
        SyntaxFacts.IsValidIdentifier(name) ? name : string.Concat(name.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_'));
}
