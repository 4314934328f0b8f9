using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Faultline.AbiExtractor.Input;
using Faultline.Machine;

namespace Faultline.Cli.Tests;

/// <summary>Headers and models that are broken, strange or malicious, through the command: exit 2, what is wrong and where, no file, no trace, no wait.</summary>
[Trait("needs", "libclang")]
public sealed class HostileInputTests : IDisposable
{
    /// <summary>The compiler's own limit is two minutes; nothing takes longer.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(150);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faultline-hostile-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>Extracts to a file that must not be there afterwards.</summary>
    private async Task Refused(string header, string words, params string[] more)
    {
        var clock = Stopwatch.StartNew();
        var result = await Command.RunAsync(["abi", "extract", header, "-o", In("out.abi.json"), .. more]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect of Faultline", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(_folder.GetFiles("out.abi.json*"));
        Assert.True(clock.Elapsed < Bound, $"it took {clock.Elapsed}");
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    public static TheoryData<string, string, string> Headers => new()
    {
        { "syntax error", "struct a { int b; };\nstruct { int\n", "a.h:2:13: expected ';' at end of declaration list" },
        { "missing include", "\n#include <linux/nowhere.h>\n", "a.h:2:10: 'linux/nowhere.h' file not found" },
        { "include loop", "#include \"a.h\"\n", "a.h:1:10: #include nested too deeply" },
        { "second definition", "struct a { int b; };\nstruct a { int c; };\n", "a.h:2:8: redefinition of 'a'" },
        { "error directive", "\n\n#error not for you\n", "a.h:3:2: not for you" },
        { "include_next", "#include_next <nowhere.h>\n", "a.h:1:15: 'nowhere.h' file not found" },
        { "open condition", "#if 1\nstruct a;\n", "a.h:1:2: unterminated conditional directive" },
        { "open brace", "struct a {\n int b;\n", "a.h:2: expected '}' (at the end of the header)" },
        { "open comment", "struct a;\n/* no end", "a.h:2:1: unterminated /* comment" },
        { "junk attribute argument", "struct a { int b; } __attribute__((aligned(3)));\n", "a.h:1:36: requested alignment is not a power of 2" },
        { "deep parentheses", "#define A 1\nint a = " + Repeat("(", 10_000) + "1" + Repeat(")", 10_000) + ";\n", "a.h:2:4105: bracket nesting level exceeded maximum of 4096" },
        { "deep structs", Repeat("struct { ", 10_000) + "int a; " + Repeat("} b; ", 10_000), "bracket nesting level exceeded maximum of 4096" },
        { "deep conditions", Repeat("#if 1\n", 10_000) + "int broken broken;\n" + Repeat("#endif\n", 10_000), "a.h:10001:11: expected ';'" },
        { "endless unary operators", "enum { A = " + Repeat("- ", 2_000_000) + "1 };\n", "nest too deeply" },
        { "endless pointers", "int " + Repeat("*", 3_000_000) + "p;\n", "nest too deeply" },
        { "endless sums", "enum { A = 1" + Repeat(" + 1", 2_000_000) + " };\n", "nest too deeply" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Broken_header_is_told_with_its_place(string what, string text, string words)
    {
        Assert.NotEmpty(what);
        await Refused(Write("a.h", text), words);
    }

    [Fact]
    public async Task Macros_that_multiply_without_end_are_given_up()
    {
        var text = new StringBuilder("#define A0 1+1+1+1+1+1+1+1+1+1\n");
        for (var i = 1; i < 20; i++)
            text.Append($"#define A{i} {string.Join('+', Enumerable.Repeat($"A{i - 1}", 10))}\n");
        await Refused(Write("a.h", text.Append("enum { A = A19 };\n").ToString()), "expand without end");
    }

    [Fact]
    public async Task Output_without_a_name_is_a_wrong_command_line()
    {
        foreach (var option in new[] { "-o", "--output" })
        {
            var result = await Command.RunAsync(["abi", "extract", Write("a.h", "#define A 1\n"), option, ""]);
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains(option, result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public async Task What_is_no_regular_file_is_named_and_not_opened()
    {
        Assert.Equal(0, mkfifo(In("pipe.h"), 0x1b6));
        await Refused(In("pipe.h"), "pipe.h is a pipe");
        await Refused(_folder.FullName, "is a directory");
        await Refused("/dev/zero", "/dev/zero is a device");
        await Refused("/proc/self/mem", "cannot be read");
        await Refused(In("nowhere.h"), "nowhere.h: no such header");
        await Refused(Write("quote\".h", ""), "quotation mark");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("x86-64-linux-gnu")]
    [InlineData("")]
    public async Task Unknown_target_is_answered_with_known_ones(string target) =>
        await Refused(Write("a.h", "struct a { int b; };\n"), "s390x-linux-gnu", "--target", target);

    [Fact]
    public async Task Strange_headers_are_read_all_the_same()
    {
        File.WriteAllBytes(In("a.h"), [.. "/* \xff\xfe */\n#pragma whatever\n#define A 1\0 + 1\n__attribute__((junk)) struct a { int __attribute__((nonsense(1))) b; };\n"u8]);
        var result = await Command.RunAsync("abi", "extract", In("a.h"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("{\"name\": \"a\", \"kind\": \"struct\", \"size\": 4", result.Output, StringComparison.Ordinal);

        var large = new StringBuilder();
        for (var i = 0; large.Length < 10_000_000; i++)
            large.Append($"#define NAME_{i} {i}\nstruct record_{i} {{ int a; long b; char c[{i + 1}]; }};\n");
        var clock = Stopwatch.StartNew();
        result = await Command.RunAsync("abi", "extract", Write("large.h", large.ToString()), "-o", In("large.abi.json"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(clock.Elapsed < Bound, $"it took {clock.Elapsed}");
    }

    [Fact]
    public async Task Where_nothing_can_be_written_is_named()
    {
        var header = Write("a.h", "struct a { int b; };\n");
        foreach (var place in new[] { _folder.FullName, "/proc/nowhere/a.abi.json" })
        {
            var result = await Command.RunAsync("abi", "extract", header, "-o", place);
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pipe_is_written_to_and_not_replaced()
    {
        Assert.Equal(0, mkfifo(In("out"), 0x1b6));
        var reader = Task.Run(() => File.ReadAllText(In("out")), TestContext.Current.CancellationToken);
        var result = await Command.RunAsync("abi", "extract", Write("a.h", "struct a { int b; };\n"), "-o", In("out"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("\"struct a\"", await reader, StringComparison.Ordinal);
        Assert.Equal(FileKind.Pipe, FileKinds.Of(In("out")));
    }

    private const string Lists = "\"enums\": [], \"typedefs\": [], \"constants\": [], \"flags\": [], \"events\": [], \"ioctls\": [], \"unresolved\": [], \"locations\": []}";
    private const string Head = "{\"schema\": \"faultline-abi/1\", \"header\": \"a.h\", \"target\": \"x86_64-linux-gnu\", \"pointerSize\": 8,\n\"structs\": []";

    public static TheoryData<string, string> Models => new()
    {
        { "", ":1:1: the text ends" },
        { Head, ":2:14: the text ends" },
        { "not json", ":1:1: expected 'null'" },
        { "[]", ":1:1: expected an object" },
        { Head.Replace("abi/1", "abi/7", StringComparison.Ordinal) + ", " + Lists, ":1:12: schema \"faultline-abi/7\" is not" },
        { Head + ", \"structs\": [], " + Lists, ":2:16: member \"structs\" stands twice" },
        { Head.Replace(": 8", ": 1e99", StringComparison.Ordinal) + ", " + Lists, "must be an integer" },
        { Head.Replace(": 8", ": 99999999999999999999", StringComparison.Ordinal) + ", " + Lists, "outside 1 to 16" },
        { Head.Replace("a.h", "a.h\\nclass Evil", StringComparison.Ordinal) + ", " + Lists, "control character" },
        { Head + ", " + Lists.Replace("\"constants\": []", "\"constants\": [{\"name\": \"A\\ud800\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1}]", StringComparison.Ordinal), "no C identifier" },
        { Head + ", " + Lists.Replace("\"constants\": []", "\"constants\": [{\"name\": \"A\", \"type\": \"int\", \"as\": \"u8\", \"value\": 256}]", StringComparison.Ordinal), "256, which u8 does not hold" },
        { "{\"a\": " + new string('[', 100_000), "nested more than 1000 deep" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Broken_model_is_told_with_its_place(string text, string words)
    {
        var model = Write("bad.abi.json", text);
        var result = await Command.RunAsync("abi", "diff", model, model);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Contains("bad.abi.json:", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_that_is_huge_no_text_or_no_file_is_refused_at_once()
    {
        using (var stream = File.Create(In("huge.abi.json")))
            stream.SetLength(100 << 20);
        File.WriteAllBytes(In("latin1.abi.json"), [.. "{\n \"schema\": \"\xe9\""u8, 0xe9]);
        Assert.Equal(0, mkfifo(In("pipe.abi.json"), 0x1b6));
        foreach (var (name, words) in new[] { ("huge", "104857600 bytes"), ("latin1", "latin1.abi.json:2:15: the byte 0xe9 is not UTF-8"), ("pipe", "is a pipe"), ("nowhere", "does not exist") })
        {
            var clock = Stopwatch.StartNew();
            var result = await Command.RunAsync("abi", "diff", In(name + ".abi.json"), In(name + ".abi.json"));
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{name} took {clock.Elapsed}");
        }
    }

    [Fact]
    public async Task Order_of_a_models_lists_and_members_is_no_drift()
    {
        const string constant = "{\"name\": \"A\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1, \"expression\": \"1\"}";
        var lists = Lists.Replace("\"constants\": []", $"\"constants\": [{constant}]", StringComparison.Ordinal);
        var reordered = "{" + lists[..^1] + ", \"structs\": [], \"pointerSize\": 8, \"target\": \"x86_64-linux-gnu\", \"header\": \"a.h\", \"schema\": \"faultline-abi/1\"}";
        var result = await Command.RunAsync(
            "abi", "diff", Write("a.abi.json", Head + ", " + lists), Write("b.abi.json", reordered), "--fail-on", "any");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [DllImport("libc")]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
