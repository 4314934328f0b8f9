using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Faultline.Tidy.Tests.Rules;

/// <summary>House rules of prose, in pages, messages and comments. The list with what to write instead is <c>phrases.txt</c>.</summary>
public class ProseTests
{
    private static readonly IReadOnlyList<(Regex Pattern, string Instead)> Phrases =
    [
        .. Repository.Lines("tests/Tidy.Tests/phrases.txt").Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" => ", 2)).Select(parts => (new Regex(parts[0], RegexOptions.IgnoreCase), parts[1])),
    ];

    [Fact]
    public void Pages_keep_to_the_house_rules() => Tolerated.Check(
        "prose",
        Repository.Ending(".md").Where(file => file != "CHANGELOG.md").SelectMany(file => Markdown.ProseLines(file).SelectMany((line, i) => In(file, i + 1, line))));

    [Fact]
    public void Messages_and_comments_keep_to_the_house_rules() => Tolerated.Check(
        "words",
        Repository.Ending(".cs").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(file => WordsOf(file).SelectMany(words => In(file, words.Line, words.Text))));

    /// <summary>Comments and the text of strings, a line at a time.</summary>
    private static IEnumerable<(int Line, string Text)> WordsOf(string file)
    {
        var root = CSharpSyntaxTree.ParseText(Repository.Text(file)).GetRoot();
        var comments = root.DescendantTrivia().Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
            or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia).Select(trivia => (trivia.GetLocation(), trivia.ToFullString()));
        var strings = root.DescendantTokens().Where(token => token.Kind() is SyntaxKind.StringLiteralToken
            or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken).Select(token => (token.GetLocation(), token.Text));
        foreach (var (location, text) in comments.Concat(strings))
        {
            var line = location.GetLineSpan().StartLinePosition.Line + 1;
            foreach (var part in text.Split('\n'))
                yield return (line++, part);
        }
    }

    private static IEnumerable<Violation> In(string file, int line, string text) => Phrases
        .SelectMany(phrase => phrase.Pattern.Matches(text).Select(match => new Violation(file, line, $"\"{match.Value.Trim()}\": {phrase.Instead}")));
}
