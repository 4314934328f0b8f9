using System.Security.Cryptography;
using System.Text;

namespace Faultline.Harness.Docker;

/// <summary>An image the harness can make, with a key over everything it is made from.</summary>
internal abstract record ImageSource
{
    /// <summary>Twelve hexadecimal digits.</summary>
    public abstract string Key { get; }
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

    public string Tag => $"{Repository}{Name}:{Key}";

    /// <summary>Whether Faultline gave an image this name; podman writes <c>localhost/</c> before it.</summary>
    public static bool IsOurs(string tag) => tag.StartsWith(Repository, StringComparison.Ordinal) || tag.StartsWith($"localhost/{Repository}", StringComparison.Ordinal);
}

/// <summary>An image the engine has.</summary>
/// <param name="Tag">How to name it in a <see cref="ContainerSpec"/>.</param>
/// <param name="Cached">It existed already.</param>
/// <param name="Reason">Why it was made or not.</param>
internal sealed record ImageReference(string Tag, bool Cached, string Reason);

/// <summary>A hash over named inputs, in which no two different sets of inputs run together.</summary>
internal sealed class InputHash
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private InputHash()
    {
    }

    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string Of(Action<InputHash> add)
    {
        var hash = new InputHash();
        using (hash._hash)
        {
            add(hash);
            return Convert.ToHexStringLower(hash._hash.GetHashAndReset());
        }
    }

    public void Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    /// <summary>Name and content go in with their lengths, so that moving a byte from one to the other changes the hash.</summary>
    public void Add(string name, ReadOnlySpan<byte> value)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        _hash.AppendData(BitConverter.GetBytes(nameBytes.Length));
        _hash.AppendData(nameBytes);
        _hash.AppendData(BitConverter.GetBytes(value.Length));
        _hash.AppendData(value);
    }

    public void AddFile(string name, string path) => Add(name, File.ReadAllBytes(path));

    /// <summary>Every file below the folder: relative path, whether it is executable, and content.</summary>
    public void AddFolder(string folder)
    {
        foreach (var path in TarArchive.FilesOf(folder))
        {
            Add(Path.GetRelativePath(folder, path), TarArchive.IsExecutable(path) ? "x" : "-");
            Add("content", File.ReadAllBytes(path));
        }
    }
}
