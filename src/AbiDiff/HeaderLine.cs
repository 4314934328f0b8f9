using System.Globalization;

namespace Faultline.AbiDiff;

/// <summary>The places of a model, <c>header:line</c>, taken apart.</summary>
internal static class HeaderLine
{
    /// <summary>The header; all of it where a line is missing.</summary>
    public static string Header(string at) => at.LastIndexOf(':') is > 0 and var colon ? at[..colon] : at;

    /// <summary>The line, counted from 1; behind all others where it is missing.</summary>
    public static int Line(string at) =>
        int.TryParse(at[(at.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : int.MaxValue;
}
