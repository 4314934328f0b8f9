using Faultline.Harness.Sources.Trees;

namespace Faultline.Harness.Guest;

/// <summary>
/// What the objects of the last publication were made from. The compilers of .NET go by time stamps, as make does: a
/// file that was put back with an old one is newer content that looks older than its object.
/// </summary>
/// <param name="buildFolder">Where the objects are.</param>
internal sealed class PublishedSources(string buildFolder)
{
    private string ListPath => Path.Combine(buildFolder, "faultline-sources");

    /// <summary>Removes the objects when a changed file looks older than they are.</summary>
    /// <param name="sources">Absolute paths of the present sources.</param>
    public void RemoveMisledObjects(IEnumerable<string> sources)
    {
        if (!Directory.Exists(buildFolder))
            return;
        var built = File.Exists(ListPath) ? File.GetLastWriteTimeUtc(ListPath) : DateTime.MaxValue;
        var changed = Known().Lacks(Of(sources));
        if (changed.Any(file => File.GetLastWriteTimeUtc("/" + file.Path) <= built))
            Directory.Delete(buildFolder, recursive: true);
    }

    /// <summary>To be called before the publication; what is saved during it is not known to be in the objects.</summary>
    /// <returns>Disposed after it. While it is not, as after a kill, nothing is known of the objects.</returns>
    public IDisposable Remember(IEnumerable<string> sources)
    {
        Directory.CreateDirectory(buildFolder);
        File.Delete(ListPath);
        return new Publication(ListPath, Of(sources).ToBytes());
    }

    private sealed class Publication(string path, byte[] list) : IDisposable
    {
        public void Dispose() => File.WriteAllBytes(path, list);
    }

    private TreeManifest Known()
    {
        try
        {
            return TreeManifest.Parse(File.Exists(ListPath) ? File.ReadAllBytes(ListPath) : []);
        }
        catch (FormatException)
        {
            return TreeManifest.Parse([]);
        }
    }

    private static TreeManifest Of(IEnumerable<string> sources) => new(
        sources.Distinct(StringComparer.Ordinal).Select(path => new TreeFile(Path.GetFullPath(path)[1..], 'f', FileDigest.OfFile(path).Sha256)));
}
