namespace Faultline.Cli.Tests;

/// <summary>A checkout with artifacts of its own, so that a broken-off run cannot spoil those of the real one; it may begin with what the real one knows of base.</summary>
internal sealed class Checkout : IDisposable
{
    private static readonly string[] Linked = ["images", "linux-patch", "src", "generators", "Directory.Build.props", "Directory.Packages.props", "global.json", "nuget.config", ".editorconfig"];

    public Checkout(bool withBase)
    {
        File.Copy(Path.Combine(Command.Root, "Faultline.slnx"), Of("Faultline.slnx"));
        foreach (var name in Linked)
            Directory.CreateSymbolicLink(Of(name), Path.Combine(Command.Root, name));
        if (!withBase)
            return;
        Copy(Path.Combine("artifacts", "kernels", "base"), _ => true);
        Copy(Path.Combine("artifacts", "payload"), path => !path.Contains(".build", StringComparison.Ordinal));
        Copy(Path.Combine("artifacts", "guest"), path => !path.Contains(".control-", StringComparison.Ordinal));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public string Of(params string[] parts) => Path.Combine([Folder, .. parts]);

    public IEnumerable<string> HalfWritten() => Directory.EnumerateFileSystemEntries(Of("artifacts"), "*partial*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Copy(string name, Func<string, bool> wanted)
    {
        var from = Path.Combine(Command.Root, name);
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(wanted) : [])
        {
            var to = Of(name, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
