using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers;

/// <summary>A constant that a source defines.</summary>
/// <param name="Scope">The enum, class or bit set it is a member of, or empty.</param>
/// <param name="Expression">What stands behind the equals sign.</param>
/// <param name="Line">From 1.</param>
internal sealed record Definition(string Name, string Scope, IReadOnlyList<Token> Expression, int Line)
{
    /// <summary>What is added to the expression: 1 for an enumerator without a value that follows one with it.</summary>
    public int Step { get; init; }

    /// <summary>The position in a const block of Go; null in other languages.</summary>
    public int? Iota { get; init; }

    /// <summary>Another name that the definition goes by, where its own is a function's; or empty.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>The file that defines it, relative to the folder that is scanned.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether it only gives a name that stands somewhere else another home: <c>NAME = C.NAME</c>, <c>pub const NAME: u32 = other::NAME as _;</c>.</summary>
    public bool IsAliasOf(string name)
    {
        var path = Expression.TakeWhile(token => !token.IsWord("as")).ToList();
        return path.Count > 0 && path[^1].Text == name && path.TrueForAll(token => token.Kind == TokenKind.Name || token.Is("::") || token.Is("."));
    }

    /// <summary>How the file's language reads numbers and operators.</summary>
    public LexicalRules Rules { get; init; } = new();
}

/// <summary>A struct that a source defines: its fields in order.</summary>
internal sealed record RecordDefinition(string Name, IReadOnlyList<RecordField> Fields, int Line)
{
    public string File { get; init; } = "";

    /// <summary>Whether the fields of the record follow each other without padding.</summary>
    public bool Packed { get; init; }

    /// <summary>Why its layout is not the plain one of C, or empty.</summary>
    public string Odd { get; init; } = "";
}

/// <param name="Type">The type's tokens.</param>
internal sealed record RecordField(string Name, IReadOnlyList<Token> Type);
