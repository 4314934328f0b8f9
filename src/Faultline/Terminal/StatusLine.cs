using Spectre.Console;
using Spectre.Console.Rendering;

namespace Faultline.Cli.Terminal;

/// <summary>What runs now, in one line that fits.</summary>
internal static class StatusLine
{
    private const string Gap = "   ";

    /// <summary>A last line of output shorter than this says nothing.</summary>
    private const int LeastOutput = 12;

    private const int MostOutput = 70;
    private static readonly Style Name = new(decoration: Decoration.Bold);
    private static readonly Style Output = new(Color.Grey);

    /// <param name="running">In the order in which they began.</param>
    /// <param name="columns">Width of the line at most.</param>
    /// <param name="ellipsis">Stands for what was cut off.</param>
    /// <returns>Pieces that follow one another. First all phases get room, then what each said last.</returns>
    public static IReadOnlyList<(string Text, Style Style)> Fit(IReadOnlyList<RunningPhase> running, int columns, string ellipsis)
    {
        var heads = running.Select(phase => $" {phase.Phase.ToString().ToLowerInvariant()}{Count(phase)} {phase.Elapsed.TotalSeconds:0} s").ToList();
        var taken = running.Zip(heads, (phase, head) => Cells(phase.Kernel) + Cells(head)).Sum() + (Gap.Length * Math.Max(0, running.Count - 1));
        var speaking = running.Count(phase => phase.LastLine.Length > 0);
        var each = speaking == 0 ? 0 : Math.Min(MostOutput, ((columns - taken) / speaking) - 2);

        var pieces = new List<(string, Style)>();
        foreach (var (phase, head) in running.Zip(heads))
        {
            if (pieces.Count > 0)
                pieces.Add((Gap, Style.Plain));
            pieces.Add((Printable.OneLine(phase.Kernel), Name));
            pieces.Add((head, Style.Plain));
            if (each >= LeastOutput && phase.LastLine.Length > 0)
                pieces.Add(("  " + Cut(Printable.OneLine(phase.LastLine), each, ellipsis), Output));
        }

        return CutAll(pieces, columns, ellipsis);
    }

    private static string Count(RunningPhase phase) => phase.Planned > 0 ? $" {phase.Done} of {phase.Planned}" : "";

    private static List<(string Text, Style Style)> CutAll(List<(string Text, Style Style)> pieces, int columns, string ellipsis)
    {
        var fitting = new List<(string, Style)>();
        foreach (var (text, style) in pieces)
        {
            var cut = Cut(text, columns, pieces.Count == fitting.Count + 1 ? ellipsis : "");
            if (cut.Length > 0)
                fitting.Add((cut, style));
            columns -= Cells(cut);
            if (cut.Length < text.Length)
                break;
        }

        return fitting;
    }

    /// <summary>The beginning of a text, at most so many columns wide. Some characters take two.</summary>
    public static string Cut(string text, int columns, string ellipsis)
    {
        if (Cells(text) <= columns)
            return text;
        var end = text.Length;
        while (end > 0 && Cells(text[..end]) + ellipsis.Length > columns)
            end -= end > 1 && char.IsLowSurrogate(text[end - 1]) ? 2 : 1;
        return end > 0 ? text[..end] + ellipsis : "";
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}
