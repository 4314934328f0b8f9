using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiExtractor.Stages;

/// <summary>An enumerator whose value may be more than a plain number: a request is made by a macro.</summary>
/// <param name="Body">The tokens of its value.</param>
internal sealed record EnumeratorDefinition(string Name, IReadOnlyList<SourceToken> Body)
{
    /// <summary>The identifiers of its value, each of which may be a macro.</summary>
    public IEnumerable<string> Names => Body.Where(token => token.Kind == TokenKind.Identifier).Select(token => token.Text);

    /// <summary>The value as C in one line.</summary>
    public string Expression => new MacroDefinition(Name, FunctionLike: false, Body, 0, 0).Expression;

    /// <summary>The value without blanks, the same whoever found its tokens.</summary>
    public string Letters => string.Concat(Body.Select(token => token.Text));
}
