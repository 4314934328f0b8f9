namespace Faultline.Harness.Argument;

/// <summary>What a statement is to the argument, by its table in the file.</summary>
internal enum StatementKind
{
    /// <summary>A part of the answer to the question.</summary>
    Answer,

    /// <summary>What somebody said in the discussion.</summary>
    Claim,

    /// <summary>What a user of a design should know.</summary>
    Finding,
}
