using System.Text.RegularExpressions;

namespace Faultline.Harness.Programs;

/// <summary>Where a compiler's words name a file of the container, the user's own is named: a terminal opens that one.</summary>
internal static partial class SuitePaths
{
    /// <param name="spec">What was built.</param>
    /// <param name="line">A line that its tools printed.</param>
    public static string ToUsers(SuiteSpec spec, string line)
    {
        if (spec is not SuiteSpec.OfFolder { Path: var folder })
            return line;
        if (SuiteSpec.TreeOf(folder) is { } found)
        {
            return line.Replace("/input/tree/", found.Tree.Folder + "/", StringComparison.Ordinal)
                .Replace($"/tmp/tree/tools/testing/selftests/{found.Area}/", folder + "/", StringComparison.Ordinal);
        }

        line = line.Replace("/input/folder/", folder + "/", StringComparison.Ordinal)
            .Replace("/tmp/out/files/", folder + "/", StringComparison.Ordinal);
        return Relative().Match(line) is { Success: true } place && File.Exists(Path.Combine(folder, place.Groups[1].Value))
            ? $"{folder}/{line}" : line;
    }

    [GeneratedRegex(@"^(?:\./)?([^\s:/][^\s:]*):[0-9]+:")]
    private static partial Regex Relative();
}
