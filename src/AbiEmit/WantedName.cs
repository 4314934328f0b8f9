namespace Faultline.AbiEmit;

/// <summary>One line of a list of wanted names.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Pattern">A C name with <c>*</c> and <c>?</c>, or a header's.</param>
/// <param name="Excludes">What it matches is left out.</param>
public sealed record WantedName(int Line, string Pattern, bool Excludes)
{
    /// <summary>Whether the line names a header: it then asks for everything declared in it.</summary>
    public bool IsHeader => Pattern.IndexOf('/') >= 0 || Pattern.EndsWith(".h", StringComparison.Ordinal);
}
