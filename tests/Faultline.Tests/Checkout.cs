using Faultline.Harness.Guest;

namespace Faultline.Cli.Tests;

/// <summary>A checkout with artifacts of its own, so that a broken-off run cannot spoil those of the real one; it may begin with what the real one knows of base.</summary>
internal sealed class Checkout : IDisposable
{
    private static readonly string[] Linked =
        ["images", "linux-patch", "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config", ".editorconfig"];

    /// <summary>The compiler looks for an .editorconfig above where a file really is, which for a link would be the real checkout's.</summary>
    private static readonly string[] Copied = ["src", "generators"];

    public Checkout(bool withBase)
    {
        File.Copy(Path.Combine(Command.Root, "Faultline.slnx"), Of("Faultline.slnx"));
        foreach (var name in Linked)
            Directory.CreateSymbolicLink(Of(name), Path.Combine(Command.Root, name));
        foreach (var name in Copied)
            CopyFolder(name);
        if (!withBase)
            return;
        // Nothing but base's: other tests write those of other kernels meanwhile, and a file that is being written cannot be copied.
        CopyFolder("artifacts", "kernels", "base");
        CopyFolder("artifacts", "guest", "base");
        CopyPayloadOfBase();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public string Of(params string[] parts) => Path.Combine([Folder, .. parts]);

    public IEnumerable<string> HalfWritten() => Directory.EnumerateFileSystemEntries(Of("artifacts"), "*partial*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The stamp that names base's suite, and that suite.</summary>
    private void CopyPayloadOfBase()
    {
        const string payload = "artifacts/payload";
        var (there, here) = (new PayloadStore(Path.Combine(Command.Root, payload)), new PayloadStore(Of(payload)));
        if (there.StampOf("base").Read() is not { } stamp)
            return;
        CopyFolder(payload, Path.GetFileName(there.FolderOf(stamp.Key)));
        // A run of another kernel removes a suite whose sources have changed since.
        if (Directory.Exists(here.FolderOf(stamp.Key)))
            here.StampOf("base").Write(stamp);
    }

    private void CopyFolder(params string[] parts)
    {
        var from = Path.Combine([Command.Root, .. parts]);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(IsNoObject) : [])
        {
            var to = Of([.. parts, Path.GetRelativePath(from, file)]);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private static bool IsNoObject(string file) =>
        !Path.GetRelativePath(Command.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");
}
