using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary><c>abi diff</c> as a CI job uses it: exit codes, bars, files, baselines.</summary>
public sealed class AbiDiffTests : IDisposable
{
    private const string Base = "linux-patch/base/userfaultfd.abi.json";
    private const string Zeropage = "linux-patch/wp-zeropage/userfaultfd.abi.json";
    private const string Unpopulated = "linux-patch/wp-unpopulated/userfaultfd.abi.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private static Task<Command.Result> DiffAsync(params string[] arguments) => Command.RunAsync(["abi", "diff", .. arguments]);

    [Theory]
    [InlineData(0, Base, Unpopulated)]
    [InlineData(3, Base, Unpopulated, "--fail-on", "any")]
    [InlineData(0, Base, Unpopulated, "--fail-on", "risky")]
    [InlineData(3, Zeropage, Unpopulated)]
    [InlineData(0, Zeropage, Unpopulated, "--fail-on", "never")]
    [InlineData(0, Base, Base, "--fail-on", "any")]
    [InlineData(0, Zeropage, Unpopulated, "--ignore-kind", "flag-bit-reused")]
    [InlineData(3, Zeropage, Unpopulated, "--ignore-kind", "name-moved", "--summary")]
    public async Task The_bar_decides_the_exit_code(int expected, params string[] arguments)
    {
        var result = await DiffAsync(arguments);
        Assert.True(result.ExitCode == expected, result.ToString());
    }

    /// <summary>As <c>asm/ioctl.h</c> of mips and powerpc has it: three bits of direction above thirteen of size, and another number for each direction.</summary>
    private const string Requests = """
        #if defined(__mips__) || defined(__powerpc__)
        #define SIZEBITS 13
        #define _IOC_NONE 1U
        #define _IOC_READ 2U
        #define _IOC_WRITE 4U
        #else
        #define SIZEBITS 14
        #define _IOC_NONE 0U
        #define _IOC_WRITE 1U
        #define _IOC_READ 2U
        #endif
        #define _IOC(dir, type, nr, size) (((dir) << (16 + SIZEBITS)) | ((size) << 16) | ((type) << 8) | (nr))
        #define _IOW(type, nr, size) _IOC(_IOC_WRITE, (type), (nr), sizeof(size))
        struct plain { unsigned int word; unsigned long long wide; };
        #define TELL _IOW(0xAA, 1, struct plain)

        """;

    /// <summary>One header for two machines: requests are encoded another way on mips and powerpc, and i386 aligns 64-bit words to 4 bytes.</summary>
    [Theory]
    [InlineData("mips-linux-gnu", "ioctl-encoding-changed TELL:")]
    [InlineData("powerpc64le-linux-gnu", "ioctl-encoding-changed TELL:")]
    [InlineData("i386-linux-gnu", "struct-resized struct plain: 16 bytes -> 12 bytes")]
    public async Task What_differs_between_two_machines_is_drift(string target, string finding)
    {
        await File.WriteAllTextAsync(In("requests.h"), Requests, TestContext.Current.CancellationToken);
        foreach (var (triple, model) in new[] { ("x86_64-linux-gnu", "here.abi.json"), (target, "there.abi.json") })
        {
            var extracted = await Command.RunAsync("abi", "extract", In("requests.h"), "--target", triple, "-o", In(model));
            Assert.True(extracted.ExitCode == 0, extracted.ToString());
        }

        var result = await DiffAsync(In("here.abi.json"), In("there.abi.json"));
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains(finding, result.Output);
        Assert.Contains($"target-changed target: x86_64-linux-gnu -> {target}", result.Output);
    }

    [Fact]
    public async Task A_report_goes_to_a_file_whole()
    {
        var result = await DiffAsync(Zeropage, Unpopulated, "--format", "sarif", "-o", In("drift.sarif"));
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Empty(result.Output);
        using var sarif = JsonDocument.Parse(await File.ReadAllTextAsync(In("drift.sarif"), TestContext.Current.CancellationToken));
        var location = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("include/uapi/linux/userfaultfd.h", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal([In("drift.sarif")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_link_to_a_report_stays_one_and_standard_output_by_name_is_written_to()
    {
        File.CreateSymbolicLink(In("link"), "report");
        var result = await DiffAsync(Base, Base, "-o", In("link"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("report", new FileInfo(In("link")).LinkTarget);
        Assert.Contains("no drift", await File.ReadAllTextAsync(In("report"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("no drift", (await DiffAsync(Base, Base, "-o", "/dev/stdout")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_written_baseline_lets_the_same_drift_pass_and_tells_what_it_no_longer_needs()
    {
        var written = await DiffAsync(Zeropage, Unpopulated, "--write-baseline", In("accepted.json"), "--reason", "two answers to one question");
        Assert.True(written.ExitCode == 0, written.ToString());
        var passed = await DiffAsync(Zeropage, Unpopulated, "--baseline", In("accepted.json"), "--fail-on", "any");
        Assert.True(passed.ExitCode == 0, passed.ToString());
        Assert.Contains("two answers to one question", passed.Output, StringComparison.Ordinal);
        var unused = await DiffAsync(Base, Base, "--baseline", In("accepted.json"));
        Assert.Contains("unused", unused.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task A_header_that_no_longer_compiles_is_over_the_bar()
    {
        foreach (var (side, text) in new[] { ("old", "struct x { int a; };\n"), ("new", "struct x { __u32 a; };\n") })
        {
            Directory.CreateDirectory(In($"{side}/linux"));
            await File.WriteAllTextAsync(In($"{side}/linux/types.h"), "typedef unsigned int __u32;\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(In($"{side}/linux/x.h"), text, TestContext.Current.CancellationToken);
        }

        var result = await DiffAsync(In("old"), In("new"), "--all-headers");
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("breaking   linux/x.h: header-became-unreadable linux/x.h: compiles -> ", result.Output, StringComparison.Ordinal);
        Assert.Contains("unknown type name '__u32'", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is one side", Base)]
    [InlineData("is one side", "v6.1..v6.12")]
    [InlineData("--reason", Base, Base, "--write-baseline", "/nonexistent/x")]
    [InlineData("--ignore-kind x: it does not exist", Base, Base, "--ignore-kind", "x")]
    [InlineData("--summary is for --format text", Base, Base, "--summary", "--format", "json")]
    [InlineData("no such file", Base, Base, "--baseline", "/nonexistent/x")]
    [InlineData("no JSON", Base, Base, "--baseline", "README.md")]
    [InlineData("does not exist", Base, "/nonexistent")]
    [InlineData("holds one header only", Base, Base, "--all-headers")]
    [InlineData("is no name of a git commit", "--tree", ".", "v1;reboot", "HEAD")]
    [InlineData("cannot be written", Base, Base, "-o", "/proc/nonexistent/x")]
    public async Task What_is_wrong_is_named(string words, params string[] arguments)
    {
        var result = await DiffAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
