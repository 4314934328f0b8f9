namespace Faultline.Cli.Tests;

/// <summary><c>abi consumers</c> from the outside.</summary>
public sealed class AbiConsumersTests : IDisposable
{
    private const string Header = "linux-patch/upstream/userfaultfd.abi.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Command.Result> RunAsync(params string[] arguments) =>
        Command.RunAsync(["abi", "consumers", _folder, "--against", Header, .. arguments]);

    [Theory]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 7)", "different", 0)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 7)", "missing", 3)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 6)", "different", 3)]
    [InlineData("#define UFFD_FEATURE_SIGBUS (1 << 6)", "never", 0)]
    public async Task The_bar_decides_the_exit_code(string source, string bar, int expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.c"), source, TestContext.Current.CancellationToken);
        var result = await RunAsync("--fail-on", bar);
        Assert.True(result.ExitCode == expected, result.ToString());
    }

    [Fact]
    public async Task A_folder_without_sources_proves_nothing()
    {
        var result = await RunAsync();
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("no source in a language", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("/bin/sh")] // an ELF file, as a vmlinux is
    public async Task A_side_without_names_of_its_own_is_refused(string against)
    {
        var result = await Command.RunAsync("abi", "consumers", _folder, "--against", against);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains($"--against {against} has types or numbers, but not the names", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--names-of", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_offers_only_what_is_taken()
    {
        var help = (await Command.RunAsync("abi", "consumers", "--help")).Output;
        Assert.Contains("an .abi.json file", help, StringComparison.Ordinal);
        Assert.DoesNotContain("running", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_place_of_a_folder_is_named()
    {
        var result = await Command.RunAsync("abi", "consumers", "README.md", "--against", Header);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("README.md is a file; name the directory", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no such", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_or_header_is_named()
    {
        Assert.Contains("no such directory", (await Command.RunAsync("abi", "consumers", "/nonexistent", "--against", Header)).Error,
            StringComparison.Ordinal);
        Assert.Contains("/nonexistent.h does not exist", (await Command.RunAsync("abi", "consumers", _folder, "--against",
            "/nonexistent.h")).Error, StringComparison.Ordinal);
    }

    private const string TypedNumber = "int f(int fd, void *a) { return ioctl(fd, 0xc018aa3f, a); }";
    private const string Maybe = "void g(int fd) { struct uffdio_api a = {UFFD_API, 0}; if (ioctl(fd, UFFDIO_API, &a)) return; "
        + "struct uffdio_register r = { .mode = UFFDIO_REGISTER_MODE_MINOR }; if (ioctl(fd, UFFDIO_REGISTER, &r)) return; }";

    [Theory]
    [InlineData(TypedNumber, "", 3)]
    [InlineData(TypedNumber, "--fail-on certain", 3)]
    [InlineData(TypedNumber, "--fail-on never", 0)]
    [InlineData(TypedNumber, "--ignore-kind typed-number", 0)]
    [InlineData(Maybe, "", 0)]
    [InlineData(Maybe, "--fail-on possible", 3)]
    [InlineData("int main(void) { return 0; }", "", 9)]
    [InlineData("int main(void) { return 0; }", "--fail-on never", 0)]
    [InlineData(TypedNumber, "--fail-on different", 2)]
    [InlineData(TypedNumber, "--against " + Header, 2)]
    [InlineData(TypedNumber, "--ignore-kind typed", 2)]
    public async Task Hazards_decide_the_exit_code_by_how_sure_they_are(string source, string options, int expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.c"), source, TestContext.Current.CancellationToken);
        var result = await Command.RunAsync(["abi", "consumers", _folder, "--hazards",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(result.ExitCode == expected, result.ToString());
    }

    [Theory]
    [InlineData("text", "certain  a b.c:1 in f: 0xc018aa3f is UFFDIO_API")]
    [InlineData("markdown", "| certain | typed-number | `a b.c:1` | 0xc018aa3f is UFFDIO_API |")]
    [InlineData("json", "\"schema\": \"faultline-hazards/1\"")]
    [InlineData("sarif", "\"uri\": \"a%20b.c\"")]
    public async Task Hazards_are_written_in_every_format(string format, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a b.c"), TypedNumber, TestContext.Current.CancellationToken);
        var result = await Command.RunAsync("abi", "consumers", _folder, "--hazards", "--format", format);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_compared_must_be_named()
    {
        Assert.Contains("name a header with --against, or ask for --hazards", (await Command.RunAsync("abi", "consumers", _folder)).Error,
            StringComparison.Ordinal);
        Assert.Contains("for --hazards", (await RunAsync("--format", "sarif")).Error, StringComparison.Ordinal);
        Assert.Contains("for --hazards", (await RunAsync("--fail-on", "likely")).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.hs"), "main", TestContext.Current.CancellationToken);
        Assert.Contains("holds 1 Haskell file.", (await RunAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Includes_of_the_header_are_found_where_they_are_said_to_be()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "inc", "linux"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "inc", "linux", "mine.h"), "typedef unsigned long long __mine;",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "fz.h"),
            "#include <linux/mine.h>\n#define FZ_FLAG (1 << 2)\nstruct fz { __mine a; };\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Fz.cs"), "class C { const uint FZ_FLAG = 8; }",
            TestContext.Current.CancellationToken);
        var result = await Command.RunAsync("abi", "consumers", _folder, "--against", Path.Combine(_folder, "fz.h"), "-I",
            Path.Combine(_folder, "inc"));
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("FZ_FLAG", result.Output, StringComparison.Ordinal);
    }
}
