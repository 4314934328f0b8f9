using System.Globalization;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Kernels.StepOutput;

/// <summary>The hunks that <c>git apply --reject --verbose</c> lists, gathered line by line.</summary>
internal sealed partial class RejectList
{
    private readonly List<RejectedHunk> _hunks = [];
    private string? _file;

    public IReadOnlyList<RejectedHunk> Hunks => _hunks;

    /// <returns>Whether the line was about a hunk.</returns>
    public bool Take(string line)
    {
        if (Failed().Match(line) is { Success: true } failed)
        {
            // git names the first failing line of a file once; the numbered hunks follow under the file's own heading.
            _file = failed.Groups[1].Value;
            if (int.TryParse(failed.Groups[2].Value, CultureInfo.InvariantCulture, out var place))
                _hunks.Add(new RejectedHunk(_file, null, place));
        }
        else if (Applying().Match(line) is { Success: true } applying)
        {
            _file = applying.Groups[1].Value;
        }
        else if (Rejected().Match(line) is { Success: true } rejected && _file is { } file
            && int.TryParse(rejected.Groups[1].Value, CultureInfo.InvariantCulture, out var hunk))
        {
            var open = _hunks.FindIndex(h => h.File == file && h.Hunk is null);
            if (open >= 0)
                _hunks[open] = _hunks[open] with { Hunk = hunk };
            else
                _hunks.Add(new RejectedHunk(file, hunk, null));
        }
        else
        {
            return false;
        }

        return true;
    }

    [GeneratedRegex(@"^error: patch failed: (.+):(\d+)$")]
    private static partial Regex Failed();

    [GeneratedRegex(@"^Applying patch (.+) with \d+ rejects?\.\.\.$")]
    private static partial Regex Applying();

    [GeneratedRegex(@"^Rejected hunk #(\d+)\.$")]
    private static partial Regex Rejected();
}
