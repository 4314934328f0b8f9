using System.Text;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Kconfig;

/// <summary>The lines of one or more kconfig fragments; where two request the same option, the later one counts.</summary>
internal sealed partial class KconfigFragment
{
    /// <summary>The make target used when no fragment names one.</summary>
    public const string DefaultTarget = "tinyconfig";

    private const string WhereKnown = "where known", UnlessNeeded = "unless needed";

    private KconfigFragment(string target, IReadOnlyList<KconfigRequest> requests)
    {
        Target = target;
        Requests = requests;
    }

    /// <summary>The make target whose result the requests are added to, from a comment <c># base: tinyconfig</c>.</summary>
    public string Target { get; }

    public IReadOnlyList<KconfigRequest> Requests { get; }

    /// <summary>Reads fragments in order.</summary>
    /// <exception cref="KconfigFragmentException">A line is neither a comment nor a request.</exception>
    public static KconfigFragment Read(IEnumerable<string> files) => Parse(files.Select(f => (f, File.ReadAllText(f))));

    /// <inheritdoc cref="Read"/>
    public static KconfigFragment Parse(IEnumerable<(string File, string Text)> fragments)
    {
        string? target = null;
        var requests = new Dictionary<string, KconfigRequest>(StringComparer.Ordinal);
        foreach (var (file, text) in fragments)
        {
            var number = 0;
            foreach (var raw in text.Split('\n'))
            {
                number++;
                var line = raw.Trim();
                if (BaseComment().Match(line) is { Success: true } named)
                    target ??= named.Groups[1].Value;
                else if (Assignment().Match(line) is { Success: true } set)
                    Add(requests, new KconfigRequest(set.Groups[1].Value, set.Groups[2].Value, file, number)
                    {
                        IsForWhereKnown = set.Groups[3].Value.Trim() == WhereKnown,
                        IsUnlessNeeded = set.Groups[2].Value == "n" && set.Groups[3].Value.Trim() == UnlessNeeded,
                    });
                else if (NotSet().Match(line) is { Success: true } unset)
                    Add(requests, new KconfigRequest(unset.Groups[1].Value, "n", file, number));
                else if (line.Length > 0 && line[0] != '#')
                    throw new KconfigFragmentException(file, number, line);
            }
        }

        return new KconfigFragment(target ?? DefaultTarget, [.. requests.Values]);
    }

    /// <summary>
    /// The requests as lines for a .config, in the order of the first request of each option. The release's suffix is none of them: every object
    /// depends on the configuration, and kernels that differ by their tags alone would share nothing in the compiler cache.
    /// </summary>
    public string ToConfigLines()
    {
        var text = new StringBuilder();
        foreach (var request in Requests.Where(r => r.Symbol is not ("LOCALVERSION" or "LOCALVERSION_AUTO")))
            text.Append(request.Value == "n" ? $"# CONFIG_{request.Symbol} is not set\n" : $"CONFIG_{request.Symbol}={request.Value}\n");
        return text.Append("CONFIG_LOCALVERSION=\"\"\n# CONFIG_LOCALVERSION_AUTO is not set\n").ToString();
    }

    private static void Add(Dictionary<string, KconfigRequest> requests, KconfigRequest request) => requests[request.Symbol] = request;

    [GeneratedRegex(@"^#\s*base:\s*([A-Za-z0-9_.-]+)\s*$")]
    private static partial Regex BaseComment();

    [GeneratedRegex("""^CONFIG_(\w+)=(y|m|n|-?\d+|0x[0-9A-Fa-f]+|"(?:[^"\\]|\\.)*")\s*(?:#(.*))?$""")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^# CONFIG_(\w+) is not set$")]
    private static partial Regex NotSet();
}
