using System.Text.RegularExpressions;

namespace Faultline.Harness.Kernels;

/// <summary>A hunk that found no place.</summary>
/// <param name="File">Path inside the tree.</param>
/// <param name="Hunk">Its number within the file's part of the patch, from 1; null when git named only the line.</param>
/// <param name="Line">Where it was expected, in the file before the patch; null when git named only the hunk.</param>
public sealed record RejectedHunk(string File, int? Hunk, int? Line)
{
    public override string ToString() =>
        File + (Line is { } line ? $":{line}" : "") + (Hunk is { } hunk ? $" (hunk {hunk})" : "");
}

/// <summary>What git said of a patch it could not apply.</summary>
/// <param name="Patch">The file's name.</param>
/// <param name="Hunks">Each rejected hunk; empty when the patch itself is malformed.</param>
/// <param name="GitWords">git's own error lines.</param>
public sealed partial record PatchFailure(string Patch, IReadOnlyList<RejectedHunk> Hunks, IReadOnlyList<string> GitWords)
{
    private static readonly string[] GitComplaints = ["error: ", "fatal: ", "CONFLICT", "Patch format detection failed", "Patch is empty"];

    /// <summary>Reads the output of the apply step: 'faultline: patch NAME' before each patch, 'faultline: rejects' before the list of hunks.</summary>
    public static PatchFailure Parse(IReadOnlyList<string> output)
    {
        var patch = "the series";
        var words = new List<string>();
        var hunks = new List<RejectedHunk>();
        var listing = false;
        string? file = null;
        int? line = null;
        foreach (var text in output)
        {
            if (PatchMark().Match(text) is { Success: true } mark)
            {
                patch = mark.Groups[1].Value;
                words.Clear();
            }
            else if (text == "faultline: rejects")
            {
                listing = true;
            }
            else if (!listing)
            {
                if (GitComplaints.Any(c => text.StartsWith(c, StringComparison.Ordinal)))
                    words.Add(text);
            }
            else if (Failed().Match(text) is { Success: true } failed)
            {
                // git names the first failing line of a file once; the numbered hunks follow under the file's own heading.
                (file, line) = (failed.Groups[1].Value, int.Parse(failed.Groups[2].Value));
                hunks.Add(new RejectedHunk(file, null, line));
            }
            else if (Applying().Match(text) is { Success: true } applying)
            {
                file = applying.Groups[1].Value;
            }
            else if (Rejected().Match(text) is { Success: true } rejected && file is not null)
            {
                var hunk = int.Parse(rejected.Groups[1].Value);
                var open = hunks.FindIndex(h => h.File == file && h.Hunk is null);
                if (open >= 0)
                    hunks[open] = hunks[open] with { Hunk = hunk };
                else
                    hunks.Add(new RejectedHunk(file, hunk, null));
            }
            else if (text.StartsWith("error: ", StringComparison.Ordinal) && !words.Contains(text) && !text.Contains("while searching for", StringComparison.Ordinal))
            {
                words.Add(text);
            }
        }

        return new PatchFailure(patch, hunks, words);
    }

    internal string Describe(string kernel, string source, string? logPath)
    {
        var places = Hunks.Count > 0
            ? "\n" + string.Join("\n", Hunks.Select(h => $"  does not fit: {h}"))
            : "";
        var words = GitWords.Count > 0 ? "\n" + string.Join("\n", GitWords.Take(12).Select(w => "  git: " + w)) : "";
        return $"{kernel}: the patch {Patch} does not apply to {source}.{places}{words}\n"
            + (GitWords.Any(w => w.StartsWith("Patch ", StringComparison.Ordinal) || w.Contains("corrupt patch", StringComparison.Ordinal))
                ? "The file itself is at fault: make it with git format-patch, and edit it with git rather than by hand."
                : $"Rebase the series onto {source}, or name the source it was made for.")
            + $" Whole log: {logPath ?? "none"}";
    }

    [GeneratedRegex(@"^faultline: patch (.+)$")]
    private static partial Regex PatchMark();

    [GeneratedRegex(@"^error: patch failed: (.+):(\d+)$")]
    private static partial Regex Failed();

    [GeneratedRegex(@"^Applying patch (.+) with \d+ rejects?\.\.\.$")]
    private static partial Regex Applying();

    [GeneratedRegex(@"^Rejected hunk #(\d+)\.$")]
    private static partial Regex Rejected();
}
