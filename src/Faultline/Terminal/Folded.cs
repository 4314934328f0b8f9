namespace Faultline.Cli.Terminal;

/// <summary>A line broken between words.</summary>
internal static class Folded
{
    /// <summary>Room for words that an indentation must leave, in columns.</summary>
    private const int LeastRoom = 20;

    /// <param name="line">Without line ends.</param>
    /// <param name="columns">Width to keep to; longer words exceed it.</param>
    /// <param name="hanging">Indentation of all lines but the first; less where that would leave too little room.</param>
    /// <param name="used">Columns of the first line that are not free.</param>
    public static IEnumerable<string> Lines(string line, int columns, int hanging = 0, int used = 0)
    {
        var indent = new string(' ', Indent(columns, hanging));
        var rest = new string('x', used) + line;
        while (rest.Length > columns)
        {
            // Not inside the line's own indentation, which would leave an empty line.
            var start = rest.Length - rest.TrimStart().Length;
            var at = rest.LastIndexOf(' ', columns);
            if (at <= start)
                at = rest.IndexOf(' ', Math.Max(start, Math.Min(columns, rest.Length - 1)));
            if (at < 0)
                break;
            yield return rest[used..at].TrimEnd();
            used = 0;
            rest = indent + rest[at..].TrimStart();
        }

        yield return rest[used..];
    }

    public static int Indent(int columns, int wanted) => Math.Clamp(columns - LeastRoom, 0, wanted);
}
