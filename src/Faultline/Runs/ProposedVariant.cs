using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>A <c>variant.toml</c> that nobody has written yet, filled with what a run observed.</summary>
/// <param name="Name">The variant's.</param>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Seen">The kernel that ran: what it was known by then.</param>
/// <param name="Parent">The variant that it inherits from.</param>
/// <param name="Source">What it is to be built from.</param>
internal sealed partial record ProposedVariant(string Name, string Title, Variant Seen, Variant Parent, KernelSource Source)
{
    /// <summary>The name is a folder's, and the end of a kernel's release.</summary>
    public static bool IsName(string name) => Plain().IsMatch(name);

    /// <summary>The first two numbers of a kernel's release; null where it has none.</summary>
    public static Version? VersionOf(string? release) =>
        release is not null && Numbers().Match(release) is { Success: true } match ? Version.Parse(match.Value) : null;

    /// <param name="recording">The run.</param>
    /// <param name="rows">What differs from the parent.</param>
    public string Text(Recording recording, RecordedRows rows)
    {
        (string Key, string? Value)[] keys =
        [
            ("name", VariantText.Quoted(Name)),
            ("title", VariantText.Quoted(Title)),
            ("role", VariantText.Quoted(Seen.Role.ToString().ToLowerInvariant())),
            ("source", VariantText.Quoted(Source.ToString()!)),
            ("tag", VariantText.Quoted($"-{Name}")),
            ("feature", Seen.Feature is { } macro ? VariantText.Quoted(macro) : null),
            ("feature-bit", Seen.FeatureBit?.ToString(CultureInfo.InvariantCulture)),
            ("inherits", VariantText.Quoted(Parent.Name)),
        ];
        List<(string Key, string? Value)> present = [.. keys.Where(pair => pair.Value is not null)];
        var width = present.Max(pair => pair.Key.Length);
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"# What {recording.Kernel.Release ?? recording.Kernel.Name} did on ")
            .Append(CultureInfo.InvariantCulture, $"{recording.Report.Started.UtcDateTime:yyyy-MM-dd}, ")
            .Append(CultureInfo.InvariantCulture, $"as far as it is not what '{Parent.Name}' does.\n")
            .Append("# A proposal: read each table, correct it, and remove its line 'review = true'. From then on it is held.\n\n");
        foreach (var (key, value) in present)
            text.Append(CultureInfo.InvariantCulture, $"{key.PadRight(width)} = {value}\n");
        foreach (var row in rows.Changed)
            text.Append('\n').Append(VariantText.Table(row));
        return text.ToString();
    }

    [GeneratedRegex(@"^\d+\.\d+")]
    private static partial Regex Numbers();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,38}$")]
    private static partial Regex Plain();
}
