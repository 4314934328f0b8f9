namespace Faultline.Packages.Tests;

/// <summary>samples/UapiConsumer, copied out of the repository, with headers of its own to edit.</summary>
internal sealed class Consumer
{
    private readonly Feed _feed;
    private readonly string _folder;
    private readonly string _headers;

    private Consumer(Feed feed)
    {
        _feed = feed;
        _folder = feed.NewFolder("consumer");
        _headers = Path.Combine(_folder, "headers");
    }

    /// <summary>Linux 6.1's userfaultfd.h in the copy.</summary>
    public string Header => Path.Combine(_headers, "linux", "userfaultfd.h");

    /// <summary>A header that it includes.</summary>
    public string IncludedHeader => Path.Combine(_headers, "linux", "types.h");

    public static Consumer Create(Feed feed)
    {
        var consumer = new Consumer(feed);
        foreach (var file in Directory.GetFiles(Path.Combine(Feed.Root, "samples", "UapiConsumer")).Where(file => Path.GetFileName(file) != "nuget.config"))
            File.Copy(file, Path.Combine(consumer._folder, Path.GetFileName(file)));
        Copy(Path.Combine(Feed.Root, "tests", "Fixtures", "headers", "linux-6.1"), consumer._headers);
        return consumer;
    }

    /// <param name="libclangPath">LIBCLANG_PATH of the build; empty finds the installed one.</param>
    public Task<ProcessResult> BuildAsync(string libclangPath = "") => _feed.DotnetAsync(
        _folder, new Dictionary<string, string> { ["LIBCLANG_PATH"] = libclangPath },
        "build", "-v:n", "-nologo", "--disable-build-servers", $"-p:UapiHeaders={_headers}/");

    public Task<ProcessResult> RunAsync() => _feed.DotnetAsync(
        _folder, new Dictionary<string, string>(), "exec", Path.Combine(_folder, "bin", "Debug", "net10.0", "UapiConsumer.dll"));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
