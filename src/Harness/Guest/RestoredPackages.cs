using Faultline.Harness.Inputs;

namespace Faultline.Harness.Guest;

/// <summary>
/// What the packages among the objects were restored for. Finding that nothing has to be restored takes the SDK a quarter of the time of
/// publishing a changed test.
/// </summary>
/// <param name="buildFolder">Where the objects are.</param>
internal sealed class RestoredPackages(string buildFolder)
{
    private static readonly string[] Extensions = [".csproj", ".props", ".targets", ".json", ".config"];

    /// <summary>What the SDK says when packages are not where it left them.</summary>
    private static readonly string[] Missing = ["error NETSDK", "error NU", "error MSB", "error CS0006"];

    private readonly StateFile<Stamp> _state = new(Path.Combine(buildFolder, "faultline-restored"), StampContext.Default.Stamp);

    /// <param name="root">The checkout.</param>
    /// <param name="sources">All sources; those that can ask for a package count.</param>
    /// <param name="sdk">The SDK, in words.</param>
    public static Stamp Of(string root, IEnumerable<string> sources, string sdk) => new(
        Input.OfFiles("projects", root, [.. sources.Where(IsProject).Order(StringComparer.Ordinal)]), Input.Of("SDK", sdk));

    public bool Are(Stamp asked) => asked.Equals(_state.Read());

    public void Remember(Stamp asked) => _state.Write(asked);

    public void Forget() => _state.Remove();

    /// <summary>Whether a publication may have failed for want of them.</summary>
    /// <param name="lines">What it printed.</param>
    public static bool MayBeMissing(IEnumerable<string> lines) =>
        lines.Any(line => Missing.Any(word => line.Contains(word, StringComparison.Ordinal)));

    // An ABI model is JSON as well, and asks for nothing.
    private static bool IsProject(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.EndsWith(".abi.json", StringComparison.Ordinal);
}
