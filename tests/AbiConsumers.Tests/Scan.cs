using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Scans small sources against the userfaultfd header of 6.12.</summary>
internal static class Scan
{
    public static AbiSpec Header { get; } = AbiFile.Parse(File.ReadAllText(Path.Combine(Repository.Root, "linux-patch", "upstream", "userfaultfd.abi.json")));

    public static ConsumerReport Run(string file, string text, AbiSpec? header = null)
    {
        using var folder = new TemporaryDirectory();
        folder.Write(file, text);
        return ConsumerScan.Run(folder.Path, header ?? Header, CancellationToken.None);
    }

    public static NameUse Use(this ConsumerReport report, string name) => report.Uses.Single(use => use.Name.Name == name);

    /// <summary>What one source says of one name: <c>missing</c>, <c>mentioned</c>, or the states of its definitions.</summary>
    public static string State(this ConsumerReport report, string name)
    {
        var use = report.Use(name);
        return use.Missing ? "missing" : use.Sites.Count == 0 ? "mentioned" : string.Join(' ', use.Sites.Select(site => site.State.ToString().ToLowerInvariant()));
    }
}
