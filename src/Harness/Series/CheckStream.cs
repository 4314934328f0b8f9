using System.Globalization;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Series;

/// <summary>Turns the output of images/kernel-steps/check-series into results as it arrives, one phase for each check.</summary>
/// <param name="checkout">Where logs go.</param>
/// <param name="kernel">Which kernel would be made of it.</param>
/// <param name="progress">Gets a phase for each check.</param>
internal sealed class CheckStream(Checkout checkout, KernelId kernel, IProgress<HarnessEvent> progress, CancellationToken cancellation) : IDisposable
{
    private const string Begin = "faultline: check begin ";
    private const string End = "faultline: check end ";
    private const string Image = "faultline: image ";
    private readonly List<CheckResult> _results = [];
    private readonly List<(string Number, string Patch)> _images = [];
    private readonly List<string> _lines = [];
    private (CheckKind Kind, string Subject, PhaseScope Phase)? _open;

    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>The trees of which there is a bootable image, by the number that it goes by and the patch that they end with.</summary>
    public IReadOnlyList<(string Number, string Patch)> Images => _images;

    /// <summary>How many patches were applied only, for they belong to another series.</summary>
    public int Foundation { get; private set; }

    /// <summary>The next line of the script's output.</summary>
    public void Take(string line)
    {
        if (line.StartsWith(Begin, StringComparison.Ordinal))
            Open(line[Begin.Length..]);
        else if (line.StartsWith(End, StringComparison.Ordinal) && _open is { } open)
            Close(open, line[End.Length..]);
        else if (line.StartsWith(Image, StringComparison.Ordinal) && line[Image.Length..].Split(' ', 2) is [var number, var patch])
            _images.Add((number, patch));
        else if (_open is { } running)
        {
            _lines.Add(line);
            running.Phase.Output(line);
        }
    }

    /// <summary>Ends a check that was cut off.</summary>
    public void Dispose() => _open?.Phase.Dispose();

    private void Open(string what)
    {
        var (kind, subject) = what.Split(' ', 2) is [var word, var rest] ? (Enum.Parse<CheckKind>(word, ignoreCase: true), rest)
            : throw new FormatException($"check-series began a check without a subject: '{what}'.");
        var log = checkout.LogFile(kernel.Name, $"check-{kind.ToString().ToLowerInvariant()}-{Short(subject)}");
        _lines.Clear();
        _open = (kind, subject, new PhaseScope(progress, kernel.Variant, Phase.Check, kind.Describe(subject), log, cancellation));
    }

    private void Close((CheckKind Kind, string Subject, PhaseScope Phase) check, string ending)
    {
        using var phase = check.Phase;
        if (ending == "foundation")
            Foundation++;
        var (outcome, summary, details) = new CheckFindings(check.Kind, check.Subject, _lines).Read(ending);
        _results.Add(new CheckResult(check.Kind, check.Subject, outcome, Math.Round(phase.Seconds, 3), summary, details, _lines.Count > 0 ? phase.LogPath : null));
        _open = null;
        if (outcome is CheckOutcome.Ok or CheckOutcome.Skipped)
            phase.Succeed(reason: $"{phase.Reason}{(summary.Length > 0 ? $": {summary}" : "")}");
    }

    /// <summary>
    /// <c>0002</c> of <c>0002-mm-let-….patch</c>, enough to know the log by; of other names what any file system takes, and which check it
    /// was if that may be shared.
    /// </summary>
    private string Short(string subject)
    {
        if (subject.Split('-', 2) is [var number, _] && number.Length > 0 && number.All(char.IsAsciiDigit))
            return number;
        var plain = string.Concat(subject.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Trim('-');
        return plain == subject && plain.Length <= 60 ? plain
            : string.Create(CultureInfo.InvariantCulture, $"{plain[..Math.Min(60, plain.Length)].Trim('-')}-{_results.Count + 1}");
    }
}
