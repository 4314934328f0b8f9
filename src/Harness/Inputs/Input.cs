namespace Faultline.Harness.Inputs;

/// <summary>One thing that a result is made from.</summary>
/// <param name="Name">What people call it: <c>series</c>, <c>ABI model</c>.</param>
/// <param name="Value">Its content, or a hash of it.</param>
/// <param name="Files">The files and folders it was read from, absolute; empty for anything else.</param>
internal sealed record Input(string Name, string Value, IReadOnlyList<string> Files)
{
    private const int HashLength = 16;

    /// <summary>Something short, kept as it is.</summary>
    public static Input Of(string name, string value) => new(name, value, []);

    /// <summary>Something long, of which the hash is kept.</summary>
    public static Input OfContent(string name, string content) => new(name, Short(hash => hash.Add(name, content)), []);

    public static Input OfFile(string name, string file) => new(name, Short(hash => hash.AddFile(name, file)), [file]);

    /// <param name="files">Known by their paths relative to <paramref name="root"/>.</param>
    public static Input OfFiles(string name, string root, IReadOnlyList<string> files) => new(name, Short(hash =>
    {
        foreach (var file in files)
            hash.AddFile(Path.GetRelativePath(root, file), file);
    }), files);

    public static Input OfFolder(string name, string folder) => new(name, Short(hash => hash.AddFolder(folder)), [folder]);

    private static string Short(Action<InputHash> add) => InputHash.Of(add)[..HashLength];
}
