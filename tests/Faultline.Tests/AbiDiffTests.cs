using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary><c>abi diff</c> as a CI job uses it: exit codes, bars, files, accepted changes.</summary>
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

    /// <summary>A 32-bit program of a 64-bit kernel has an ABI as well.</summary>
    [Theory]
    [InlineData("struct x { void *buffer; unsigned long long length; };", "struct x { unsigned long long buffer, length; };", true)]
    [InlineData("struct x { long a; };", "struct x { long long a; };", true)]
    [InlineData("struct x { int a; };", "struct x { int a; } __attribute__((aligned(4)));", false)]
    public async Task A_header_is_read_for_the_32_bit_machine_too(string old, string current, bool drifts)
    {
        var arguments = new[] { Header("old.h", old), Header("new.h", current), "--fail-on", "breaking" };
        var both = await DiffAsync(arguments);
        Assert.True(both.ExitCode == (drifts ? 3 : 0), both.ToString());
        Assert.Equal(drifts, both.Output.Contains(" (i386-linux-gnu only)", StringComparison.Ordinal));
        Assert.Equal(0, (await DiffAsync([.. arguments, "--target", "x86_64-linux-gnu"])).ExitCode);
        Assert.Equal(both.ExitCode, (await DiffAsync([.. arguments, "--targets", "x86_64-linux-gnu,i386-linux-gnu"])).ExitCode);
    }

    [Fact]
    public async Task What_the_32_bit_machine_cannot_read_is_said_and_no_failure()
    {
        const string text = "#ifdef __i386__\n#error no such machine\n#endif\n#define X 1\n";
        var result = await DiffAsync(Header("old.h", text), Header("new.h", text.Replace("X 1", "X 2", StringComparison.Ordinal)));
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("not compared: headers for i386-linux-gnu: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("no such machine", result.Output, StringComparison.Ordinal);
        // Asked for by name, it is a failure.
        Assert.Equal(2, (await DiffAsync(In("old.h"), In("new.h"), "--target", "i386-linux-gnu")).ExitCode);
    }

    /// <summary>As a vendor ships one: it includes the kernel's types, and lies in no directory of headers.</summary>
    [Theory]
    [InlineData("#include <linux/types.h>\n#include <linux/ioctl.h>\nstruct x { __u32 a; };\n#define X_GO _IOW('x', 1, struct x)\n")]
    [InlineData("struct x { __u32 a; };\n", "--prelude", "linux/types.h")]
    [InlineData("struct x { __u32 a; };\n", "-include", "linux/types.h")]
    [InlineData("#include <linux/types.h>\nstruct x { __u32 a; };\n", "-I", "/usr/include")]
    [InlineData("struct x { WORD a; };\n", "-D", "WORD=int")]
    [InlineData("#ifdef WANTED\nstruct x { int a; };\n#endif\n", "--define", "WANTED")]
    public async Task A_header_of_anywhere_is_read_as_a_compiler_would(string text, params string[] more)
    {
        var grown = text.Replace(" a;", " a, b;", StringComparison.Ordinal);
        var result = await DiffAsync([Header("old.h", text), Header("new.h", grown), .. more]);
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.DoesNotContain("not compared", result.Output, StringComparison.Ordinal);
        var extracted = await Command.RunAsync(["abi", "extract", In("old.h"), .. more]);
        Assert.True(extracted.ExitCode == 0, extracted.ToString());
        Assert.Contains("\"name\": \"x\"", extracted.Output, StringComparison.Ordinal);
    }

    /// <summary>A header that was named and is not looked at would be compared in nobody's sense.</summary>
    [Theory]
    [InlineData("--header", "linux/kvm.h")]
    [InlineData("--header", "linux/kvm.h", "--header", "linux/fs.h")]
    [InlineData("--header", "linux/kvm.h", "--all-headers")]
    public async Task A_header_chosen_of_one_is_refused(params string[] more)
    {
        var header = Header("old.h", "#define A 1\n");
        var result = await DiffAsync([header, header, .. more]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("--header", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1X")]
    [InlineData("X Y")]
    [InlineData("-imacros=/etc/passwd")]
    public async Task What_defines_no_macro_is_refused(string macro)
    {
        var header = Header("old.h", "#define A 1\n");
        var result = await DiffAsync(header, header, "--define", macro);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(macro, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_of_nothing_is_9()
    {
        var empty = Header("empty.h", "/* nothing */\n");
        var result = await DiffAsync(empty, empty, "--format", "json");
        Assert.True(result.ExitCode == 9, result.ToString());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(result.Output).RootElement.GetProperty("equal").ValueKind);
    }

    private string Header(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
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

    /// <summary>As reports of runs do: a job in CI writes into a folder that its checkout has not.</summary>
    [Fact]
    public async Task The_folder_of_a_report_is_made()
    {
        var result = await DiffAsync(Base, Base, "-o", In("reports/abi/drift.txt"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("no drift", await File.ReadAllTextAsync(In("reports/abi/drift.txt"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
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
    public async Task A_written_file_of_accepted_changes_lets_the_same_drift_pass_and_tells_what_it_no_longer_needs()
    {
        var written = await DiffAsync(Zeropage, Unpopulated, "--write-accepted",
            In("accepted.json"), "--reason", "two answers to one question");
        Assert.True(written.ExitCode == 0, written.ToString());
        var passed = await DiffAsync(Zeropage, Unpopulated, "--accepted", In("accepted.json"), "--fail-on", "any");
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
    [InlineData("--reason", Base, Base, "--write-accepted", "/nonexistent/x")]
    [InlineData("--write-accepted FILE", Base, Base, "--reason", "never released")]
    [InlineData("--ignore-kind x: Faultline finds no changes of that name", Base, Base, "--ignore-kind", "x")]
    [InlineData("--summary is for --format text", Base, Base, "--summary", "--format", "json")]
    [InlineData("--blame is for two revisions", Base, Base, "--blame")]
    [InlineData("no such file", Base, Base, "--accepted", "/nonexistent/x")]
    [InlineData("not JSON", Base, Base, "--accepted", "README.md")]
    [InlineData("does not exist", Base, "/nonexistent")]
    [InlineData("holds one header only", Base, Base, "--all-headers")]
    [InlineData("is no name of a git commit", "--git", ".", "v1;reboot", "HEAD")]
    [InlineData("cannot be written", Base, Base, "-o", "/proc/nonexistent/x")]
    public async Task What_is_wrong_is_named(string words, params string[] arguments)
    {
        var result = await DiffAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
