namespace Faultline.AbiExtractor.Stages;

/// <summary>Why the compiler refused a macro, in words that do not change with its version: they are part of the model.</summary>
internal static class Reason
{
    /// <summary>A guess at the name that was meant; newer versions guess differently.</summary>
    private const string Guess = "; did you mean";

    public static string Of(string diagnostic)
    {
        // clang 14 writes __auto_type without quotes, 19 with.
        if (diagnostic.Contains("__auto_type", StringComparison.Ordinal) && diagnostic.Contains("initializer list", StringComparison.Ordinal))
            return "a list in braces has no value of its own";
        var guess = diagnostic.IndexOf(Guess, StringComparison.Ordinal);
        return guess < 0 ? diagnostic : diagnostic[..guess];
    }
}
