using System.Text.RegularExpressions;
using System.Xml.Linq;
using Faultline.AbiDiff;
using Faultline.Harness.Progress;
using Faultline.Harness.Judging;

namespace Faultline.Tidy.Tests.Rules;

/// <summary>What a page lists is what there is: nothing is missing, and nothing named there is gone.</summary>
public partial class PageTests
{
    private const string ExitCodes = "docs/exit-codes.md";
    private const string Json = "docs/json.md";
    private const string Architecture = "docs/architecture.md";
    private const string Drift = "docs/abi-drift-kinds.md";
    private const string Dependencies = "docs/adr/0005-dependencies.md";

    [Fact]
    public void Every_verdict_and_its_exit_code_is_on_its_page()
    {
        var listed = Markdown.Rows(Markdown.Section(ExitCodes, "# Exit codes and verdicts")).Where(row => row.Length == 4 && row[1].StartsWith('`'))
            .Select(row => $"{row[0]} {row[1].Trim('`')}");
        Same(ExitCodes, listed, Enum.GetValues<VerdictKind>().Select(kind => $"{kind.ExitCode()} {kind.Name()}"));
    }

    [Fact]
    public void Every_event_of_the_progress_stream_is_on_its_page()
    {
        var listed = Markdown.Section(Json, "## Progress").SelectMany(Markdown.Quoted).Where(name => EventName().IsMatch(name)).Distinct();
        // The checkout's lock writes it before there is a stream.
        const string beforeTheStream = "Waiting";
        Same(Json, listed.Where(name => name != beforeTheStream), typeof(HarnessEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HarnessEvent))).Select(type => type.Name));
    }

    [Fact]
    public void Every_kind_of_drift_is_on_its_page()
    {
        var listed = Repository.Lines(Drift).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => Markdown.Quoted(line).First()).Where(name => Kind().IsMatch(name)).Distinct();
        Same(Drift, listed, ChangeKinds.All.Select(kind => kind.Id));
    }

    [Fact]
    public void Every_room_is_on_the_map()
    {
        var listed = Markdown.Rows(Repository.Lines(Architecture)).SelectMany(row => Markdown.Quoted(row[0]))
            .Where(name => name.StartsWith("src/", StringComparison.Ordinal) || name.StartsWith("generators/", StringComparison.Ordinal));
        var rooms = Repository.Ending(".csproj").Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("generators/", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!);
        Same(Architecture, listed, rooms);
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var listed = Markdown.Rows(Repository.Lines(Dependencies)).Select(row => row[0]).Where(name => name != "package").Select(name => name.Split(' ')[0]);
        var used = XDocument.Parse(Repository.Text("Directory.Packages.props")).Descendants("PackageVersion").Select(item => item.Attribute("Include")!.Value);
        Same(Dependencies, listed, used.Append("Cake.Tool"));
    }

    private static void Same(string page, IEnumerable<string> listed, IEnumerable<string> existing)
    {
        var named = listed.ToList();
        var there = existing.ToList();
        Assert.True(named.Count > 0, $"{page} lists nothing that this test finds");
        var problems = there.Except(named).Select(name => $"{page} does not list {name}")
            .Concat(named.Except(there).Select(name => $"{page} lists {name}, which does not exist")).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][a-z]+)*$")]
    private static partial Regex EventName();

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex Kind();
}
