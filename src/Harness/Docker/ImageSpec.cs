using Faultline.Harness.Inputs;

namespace Faultline.Harness.Docker;

/// <summary>An image the harness can make, with a key over everything it is made from.</summary>
internal abstract record ImageSource
{
    /// <summary>Twelve hexadecimal digits.</summary>
    public abstract string Key { get; }

    /// <summary>The folders that it is made from, those of its parents first.</summary>
    public abstract IReadOnlyList<string> Folders { get; }
}

/// <summary>
/// An image made from a folder with a Dockerfile. Its tag is <c>faultline/NAME:KEY</c>, where the key is the hash of everything the image is
/// made from, so an existing tag is an up-to-date image and needs no look inside.
/// </summary>
/// <param name="Name">The last part of the repository name.</param>
/// <param name="Folder">The build context; its Dockerfile begins with <c>ARG BASE</c> and <c>FROM ${BASE}</c>.</param>
/// <param name="Parent">The image named by <c>BASE</c>.</param>
/// <param name="Arguments">Build arguments.</param>
internal sealed record ImageSpec(string Name, string Folder, ImageSource Parent, IReadOnlyDictionary<string, string>? Arguments = null) : ImageSource
{
    private const string Repository = "faultline/";

    /// <summary>Over the folder's files (paths, modes, content), the arguments and the parent's key.</summary>
    public override string Key => InputHash.Of(hash =>
    {
        hash.AddFolder(Folder);
        foreach (var (name, value) in (Arguments ?? new Dictionary<string, string>()).OrderBy(a => a.Key, StringComparer.Ordinal))
            hash.Add(name, value);
        hash.Add("parent", Parent.Key);
    })[..12];

    public override IReadOnlyList<string> Folders => [.. Parent.Folders, Folder];

    public string Tag => $"{Repository}{Name}:{Key}";

    private static IEnumerable<string> Registries => ["", "localhost/", "docker.io/"];

    /// <summary>
    /// Whether Faultline gave an image this name; podman writes <c>localhost/</c> before one that it took in, and <c>docker.io/</c> before
    /// one that it built.
    /// </summary>
    public static bool IsOurs(string tag) =>
        Registries.Any(registry => tag.StartsWith(registry + Repository, StringComparison.Ordinal));
}

/// <summary>An image the engine has.</summary>
/// <param name="Tag">How to name it in a <see cref="ContainerSpec"/>.</param>
/// <param name="Cached">It existed already.</param>
/// <param name="Reason">Why it was made or not.</param>
internal sealed record ImageReference(string Tag, bool Cached, string Reason);
