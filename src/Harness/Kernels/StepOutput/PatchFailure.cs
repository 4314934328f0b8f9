using System.Text.RegularExpressions;

namespace Faultline.Harness.Kernels.StepOutput;

/// <summary>What git said of a patch it could not apply.</summary>
/// <param name="Patch">The file's name; for one of several mails in it, <c>all.mbox (mail 2 of 5)</c>.</param>
/// <param name="Hunks">Each rejected hunk; empty when the patch itself is malformed.</param>
/// <param name="GitWords">What git itself complained of, line by line.</param>
internal sealed partial record PatchFailure(string Patch, IReadOnlyList<RejectedHunk> Hunks, IReadOnlyList<string> GitWords)
{
    private const string Git = "git: ";

    /// <summary>The mail's subject; empty when it has none or the file could not be read as mails.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What is wrong in Faultline's words, where git has none: a patch of the series is missing; null otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Reads the output of images/kernel-steps/apply-series: 'faultline: patch NAME' begins a patch, 'faultline: rejects' the list of its
    /// hunks, and 'git: ' each line of git's.
    /// </summary>
    public static PatchFailure Parse(IReadOnlyList<string> output)
    {
        var failure = new PatchFailure("the series", [], []);
        var words = new List<string>();
        var rejects = new RejectList();
        var listing = false;
        foreach (var text in output)
        {
            if (Mark().Match(text) is { Success: true } mark)
            {
                var value = mark.Groups[2].Value;
                switch (mark.Groups[1].Value)
                {
                    case "patch":
                        failure = new PatchFailure(value, [], []);
                        words.Clear();
                        break;
                    case "subject":
                        failure = failure with { Subject = value };
                        break;
                    case "problem":
                        failure = failure with { Problem = value };
                        break;
                    default:
                        listing = true;
                        break;
                }
            }
            else if (text.StartsWith(Git, StringComparison.Ordinal))
            {
                var said = text[Git.Length..];
                if (!(listing && rejects.Take(said)) && Complaint().IsMatch(said) && !words.Contains(said))
                    words.Add(said);
            }
        }

        return failure with { Hunks = rejects.Hunks, GitWords = words };
    }

    internal string Describe(string kernel, string source, string? logPath)
    {
        var subject = Subject.Length > 0 ? $", \"{Subject}\"," : "";
        var what = Problem is null ? $"the patch {Patch}{subject} does not apply to {source}."
            : Patch == "the series" ? $"the series cannot be applied: {Problem}."
            : $"the patch {Patch}{subject} cannot be applied: {Problem}.";
        return $"{kernel}: {what}{string.Concat(Details().Select(line => "\n  " + line))}\n{Advice(source)}Whole log: {logPath ?? "none"}";
    }

    /// <summary>One line each: the hunks, then git's words.</summary>
    internal IEnumerable<string> Details() =>
        [.. Hunks.Select(hunk => $"does not fit: {hunk}"), .. GitWords.Take(12).Select(words => Git + words)];

    private string Advice(string source)
    {
        if (GitWords.Any(words => words.StartsWith("No changes", StringComparison.Ordinal)))
            return $"{source} holds it already: take it out of the series. ";
        if (GitWords.Any(words => Malformed().IsMatch(words)))
            return "The file itself is at fault: make it with git format-patch, and edit it with git rather than by hand. ";
        return Problem is null ? $"Rebase the series onto {source}, or name the source it was made for. " : "";
    }

    [GeneratedRegex(@"^faultline: (patch|subject|problem|rejects)(?: (.*))?$")]
    private static partial Regex Mark();

    [GeneratedRegex("format detection failed|corrupt patch")]
    private static partial Regex Malformed();

    // Not what git am goes through and advises, nor what an editor would mark.
    [GeneratedRegex(@"^(?:(?:error|fatal): (?!while searching for)|warning: (?!squelched|\d+ lines? )|CONFLICT|Patch format|Patch is empty"
        + "|No changes|Did you hand edit|It does not apply|cannot |corrupt |gzip: |xz: |zstd: |bzip2: )")]
    private static partial Regex Complaint();
}
