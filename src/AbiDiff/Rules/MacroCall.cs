namespace Faultline.AbiDiff.Rules;

/// <summary>A macro as calls of it see it: how many arguments it takes, and what it makes of them.</summary>
/// <param name="Named">The names of its parameters in the body, without the one that stands for any number.</param>
/// <param name="Rest">What stands for any number of arguments in the body; null for a macro that takes a fixed number.</param>
/// <param name="Body">Its tokens.</param>
/// <param name="IsCalled">Whether it takes arguments itself. What it stands for may take those behind its name else.</param>
internal sealed record MacroCall(IReadOnlyList<string> Named, string? Rest, IReadOnlyList<string> Body, bool IsCalled)
{
    /// <summary>
    /// Whether each call of the one is a call of the other, and comes to the same tokens; null when some call of it is none of the
    /// other.
    /// </summary>
    public static bool? Keeps(MacroCall was, MacroCall now)
    {
        if (!was.IsCalled || !Counts(was).All(now.Takes) || (was.Rest is not null && now is { Rest: null, IsCalled: true }))
            return null;
        if (Counts(was).Any(count => Gaps(now.Of(count)) > Gaps(was.Of(count))))
            return null;
        var isSame = Counts(was).All(count => was.Of(count).SequenceEqual(now.Of(count), StringComparer.Ordinal));
        // Of a name that comes to something else nobody knows whether it can be called.
        return isSame || now.IsCalled ? isSame : null;
    }

    /// <summary>
    /// Commas with nothing before or behind them, where an argument is missing: <c>f(fmt, )</c> does not compile, whatever is not
    /// there.
    /// </summary>
    private static int Gaps(List<string> tokens) => tokens.Zip(tokens.Skip(1))
        .Count(pair => pair is (",", ")" or ",") or ("(", ","));

    /// <summary>Numbers of arguments that a macro takes: all of them, or of those without an end some.</summary>
    private static IEnumerable<int> Counts(MacroCall macro) =>
        macro.Rest is null ? [macro.Named.Count] : Enumerable.Range(macro.Named.Count, MoreThanNamed);

    /// <summary>No further argument, one, and several with commas between them.</summary>
    private const int MoreThanNamed = 4;

    /// <summary>One empty argument is none, and none is an empty one.</summary>
    private bool Takes(int count) => !IsCalled || (count == 0 && Named.Count == 1)
        || (Rest is null ? count == Named.Count : count >= Named.Count);

    /// <summary>What a call with so many arguments comes to, the arguments by number.</summary>
    private List<string> Of(int count)
    {
        string[] arguments = [.. Enumerable.Range(0, count).Select(number => $"#{number}")];
        return IsCalled ? Expand(Body, arguments) : [.. Body, "(", .. Joined(arguments), ")"];
    }

    private static IEnumerable<string> Joined(IEnumerable<string> arguments) =>
        arguments.SelectMany((argument, at) => at == 0 ? new[] { argument } : [",", argument]);

    private List<string> Expand(IReadOnlyList<string> body, string[] arguments)
    {
        var rest = arguments.Skip(Named.Count).ToList();
        List<string> told = [];
        for (var at = 0; at < body.Count; at++)
        {
            if (body[at] == "__VA_OPT__" && End(body, at + 1) is { } end)
            {
                if (rest.Count > 0)
                    told.AddRange(Expand([.. body.Skip(at + 2).Take(end - at - 2)], arguments));
                at = end;
            }
            else if (Rest is not null && body[at] == "," && at + 2 < body.Count && body[at + 1] == "##" && body[at + 2] == Rest)
            {
                // Of gcc: the comma goes with what it stands before.
                told.AddRange(rest.Count > 0 ? [",", .. Joined(rest)] : []);
                at += 2;
            }
            else if (body[at] == Rest)
            {
                told.AddRange(Joined(rest));
            }
            else
            {
                var number = IndexOf(body[at]);
                told.AddRange(number < 0 ? [body[at]] : number < arguments.Length ? [arguments[number]] : []);
            }
        }
        return told;
    }

    private int IndexOf(string token)
    {
        for (var at = 0; at < Named.Count; at++)
        {
            if (Named[at] == token)
                return at;
        }
        return -1;
    }

    /// <summary>Where the bracket closes that opens at a place; null when none does.</summary>
    private static int? End(IReadOnlyList<string> body, int open)
    {
        var depth = 0;
        for (var at = open; at < body.Count; at++)
        {
            depth += body[at] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0)
                return at > open ? at : null;
        }
        return null;
    }
}
