namespace Faultline.AbiModel;

/// <summary>A model file is not what the format demands.</summary>
public sealed class AbiFormatException : Exception
{
    public AbiFormatException(string problem, int line, int column)
        : base($"line {line}, column {column}: {problem}")
    {
        Problem = problem;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The line of the mistake, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the mistake, from 1, in UTF-16 code units.</summary>
    public int Column { get; }

    /// <summary>The file names a schema this version does not read, rather than being malformed.</summary>
    public bool WrongSchema { get; init; }
}
