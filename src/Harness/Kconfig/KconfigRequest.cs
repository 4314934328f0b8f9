namespace Faultline.Harness.Kconfig;

/// <summary>One requested option.</summary>
/// <param name="Symbol">Without <c>CONFIG_</c>.</param>
/// <param name="Value"><c>y</c>, <c>m</c>, <c>n</c> (also written "# CONFIG_X is not set"), a number, or a string with its quotes.</param>
/// <param name="File">Where it is requested.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record KconfigRequest(string Symbol, string Value, string File, int Line)
{
    /// <summary>
    /// Whether a tree may lack the option, as a later version does that always has what it stood for: <c># where known</c> stands
    /// behind the request.
    /// </summary>
    public bool IsForWhereKnown { get; init; }

    /// <summary>
    /// Whether a request for <c>n</c> only saves work: what something else that is asked for needs may be on. <c># unless needed</c>
    /// stands behind the request.
    /// </summary>
    public bool IsUnlessNeeded { get; init; }
}
