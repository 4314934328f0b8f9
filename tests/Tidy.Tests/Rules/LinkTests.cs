namespace Faultline.Tidy.Tests.Rules;

/// <summary>Links lead somewhere.</summary>
public class LinkTests
{
    [Fact]
    public void Every_link_to_a_file_or_heading_leads_there() =>
        Tolerated.Check("link", Repository.Ending(".md").SelectMany(file => Markdown.Links(file).SelectMany(link => Broken(file, link.Line, link.Target))));

    [Fact]
    public void Every_page_of_docs_is_in_the_index() => Tolerated.Check(
        "index",
        Repository.Ending(".md").Where(file => Path.GetDirectoryName(file) == "docs" && file != "docs/README.md")
            .Where(file => !Markdown.Links("docs/README.md").Any(link => link.Target == Path.GetFileName(file)))
            .Select(file => new Violation(file, 0, "docs/README.md does not name this page")));

    private static IEnumerable<Violation> Broken(string file, int line, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            yield break;
        var parts = target.Split('#', 2);
        var page = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
        page = Path.GetRelativePath(Repository.Root, Path.GetFullPath(page, Repository.Root));
        if (!File.Exists(Repository.PathOf(page)) && !Directory.Exists(Repository.PathOf(page)))
            yield return new Violation(file, line, $"{target}: there is no {page}");
        else if (parts.Length == 2 && page.EndsWith(".md", StringComparison.Ordinal) && !Markdown.Anchors(page).Contains(parts[1]))
            yield return new Violation(file, line, $"{target}: {page} has no heading of that name");
    }
}
