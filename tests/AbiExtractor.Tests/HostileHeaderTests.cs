using System.Runtime.InteropServices;
using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Headers that are broken, huge or strange: a clear error with a place, or a model, never a crash.</summary>
[Trait("needs", "libclang")]
public sealed class HostileHeaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private AbiSpec Extract(string text) => HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text) });

    [Fact]
    public void Syntax_error_is_told_with_its_place()
    {
        var exception = Assert.Throws<ExtractionException>(() => Extract("struct good { int a; };\nstruct bad { int };;; x\n"));
        Assert.Contains(exception.Errors, error => error is { File: "sample.h", Line: 2 });
        Assert.Contains("sample.h:2:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_include_is_named_with_the_remedy()
    {
        var exception = Assert.Throws<ExtractionException>(() => Extract("#include <linux/nowhere.h>\n"));
        Assert.Contains("'linux/nowhere.h' file not found", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--include", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_own_headers_are_never_taken_in_silence()
    {
        var path = _directory.Write("vendor.h", "#include <linux/types.h>\nstruct x { __u32 a; };\n");
        var header = HeaderExtractor.Read(new() { Path = path });
        Assert.Equal("/usr/include", header.Borrowed);
        Assert.Contains("vendor.h lies in no directory of headers", header.BorrowedInWords, StringComparison.Ordinal);
        Assert.Null(HeaderExtractor.Read(new() { Path = _directory.Write("alone.h", "struct x { int a; };\n") }).BorrowedInWords);
    }

    /// <summary>A directory with a <c>linux/types.h</c> is whole: what it lacks is missing.</summary>
    [Fact]
    public void Machines_own_headers_are_never_taken_beside_others()
    {
        _directory.Write("linux/types.h", "");
        var header = _directory.Write("linux/x.h", "#include <linux/ioctl.h>\n");
        var exception = Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(new() { Path = header }));
        Assert.Contains("linux/ioctl.h", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Its body is whole, and what it expands to calls a macro that takes in the rest of the file.</summary>
    [Theory]
    [InlineData("#define CALL(x) x\n#define OPEN(nr) CALL(nr\n#define WRAPPED OPEN(8)\n", 1)]
    [InlineData("#define CALL(x) x\n#define OPEN(nr) CALL(nr\n#define ONE OPEN(8)\n#define TWO ONE\n#define THREE OPEN(9)\n", 3)]
    public void A_macro_that_takes_in_what_follows_costs_no_other(string text, int count)
    {
        var spec = Extract(text + "#define AFTER 5\nstruct x { int a; };\n");
        Assert.Equal("5", Assert.Single(spec.Constants).Value);
        Assert.Equal(count, spec.Unresolved.Count(macro =>
            macro.Reason == "is not self-contained, expanding it swallows the code after it: unterminated function-like macro invocation"));
        Assert.Single(spec.Structs);
    }

    [Fact]
    public void Missing_header_is_named() =>
        Assert.Contains("nowhere.h", Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(new() { Path = "nowhere.h" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_include_directory_is_named()
    {
        var request = new HeaderRequest { Path = _directory.Write("a.h", ""), IncludeDirectories = ["/nowhere/include"] };
        Assert.Contains("/nowhere/include", Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Include_loop_is_an_error_and_not_a_hang()
    {
        var exception = Assert.Throws<ExtractionException>(() => Extract("#include \"sample.h\"\n"));
        Assert.Contains("nested too deeply", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_definition_is_an_error_with_its_place()
    {
        var exception = Assert.Throws<ExtractionException>(() => Extract("struct twice { int a; };\nstruct twice { long b; };\n"));
        Assert.Contains(exception.Errors, error => error.Line == 2 && error.Message.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_target_is_an_error()
    {
        var request = new HeaderRequest { Path = _directory.Write("a.h", "struct a { int b; };\n"), Target = "nonsense-machine" };
        Assert.Contains("no target 'nonsense-machine'", Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_survived()
    {
        var header = Path.Combine(_directory.Path, "latin1.h");
        File.WriteAllBytes(header, [.. "/* caf"u8, 0xe9, .. " */\n#define VALUE 1\n#define TEXT \""u8, 0xe9, 0xff, .. "\"\nstruct s { int a; };\n"u8]);
        var spec = HeaderExtractor.Extract(new() { Path = header });
        Assert.Equal(spec, AbiFile.Parse(AbiFile.Format(spec)));
        Assert.Equal("\u00e9\u00ff", spec.Constants.Single(constant => constant.Name == "TEXT").Value);
    }

    [Fact]
    public void Deep_nesting_is_survived()
    {
        var text = new StringBuilder("struct deep { ");
        for (var i = 0; i < 250; i++)
            text.Append("struct { ");
        text.Append("int bottom; ");
        for (var i = 0; i < 250; i++)
            text.Append("} level").Append(i).Append("; ");
        var spec = Extract(text.Append("};\n").ToString());
        Assert.Equal(4, Assert.Single(spec.Structs).Size);
        Assert.Equal(spec, AbiFile.Parse(AbiFile.Format(spec)));
    }

    [Fact]
    public void Stack_overflow_of_the_compiler_is_an_error_and_not_the_end()
    {
        for (var round = 0; round < 3; round++)
        {
            var exception = Assert.Throws<ExtractionException>(() => Extract("enum { A = " + string.Concat(Enumerable.Repeat("- ", 2_000_000)) + "1 };\n"));
            Assert.Contains("sample.h: libclang crashed on it", exception.Message, StringComparison.Ordinal);
            Assert.Equal("1", Assert.Single(Extract("#define ALIVE 1\n").Constants).Value);
        }
    }

    [Fact]
    public void Compiler_that_never_ends_is_given_up()
    {
        var request = new HeaderRequest { Path = _directory.Write("a.h", "#include \"pipe.h\"\n"), TimeLimit = TimeSpan.FromSeconds(1) };
        Assert.Equal(0, mkfifo(Path.Combine(_directory.Path, "pipe.h"), 0x1b6));
        Assert.Contains("a.h: no end after 1 seconds", Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(request)).Message, StringComparison.Ordinal);
    }

    [DllImport("libc")]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [Fact]
    public void Nothing_is_dropped_that_has_a_name()
    {
        var spec = Extract("""
            struct opaque;
            struct opaque *make(void);
            struct opaque *make(void);
            extern int variable;
            typedef struct { int a; } pair_t[2];
            struct huge { char bytes[1UL << 41]; };
            typedef char huge_t[1UL << 41];
            #define GONE 1
            #undef GONE
            #define WIDE L"wide"
            #define CUT "before\0after"
            #define WHOLE "whole"
            #define VAST ((unsigned __int128)1 << 100)
            """);
        Assert.Equal("WHOLE", Assert.Single(spec.Constants).Name);
        Assert.Empty(spec.Structs);
        Assert.Equal(
        [
            "CUT: a string of wide characters, or with a NUL byte inside, of which libclang tells the beginning only (sample.h:11)",
            "GONE: the header undefines it again (sample.h:8)",
            "VAST: a value of type unsigned __int128, of which libclang tells 64 bits only (sample.h:13)",
            "WIDE: a string of wide characters, or with a NUL byte inside, of which libclang tells the beginning only (sample.h:10)",
            "make: a function is code, not layout (sample.h:2)",
            "struct huge: it is larger or more aligned than a model tells: 1099511627776 and 1073741824 bytes (sample.h:6)",
            "struct opaque: it is declared here and defined nowhere (sample.h:1)",
            "typedef huge_t: it is larger or more aligned than a model tells: 1099511627776 and 1073741824 bytes (sample.h:7)",
            "typedef pair_t: it names an array of a record that has no name (sample.h:5)",
            "variable: a variable is not part of a uapi (sample.h:4)",
        ], spec.Unresolved.Select(item => $"{item.Name}: {item.Reason} ({item.At})"));
    }

    [Fact]
    public void Ten_megabytes_are_read()
    {
        var text = new StringBuilder();
        while (text.Length < 10_000_000)
            text.Append("/* ").Append('x', 1000).Append(" */\n");
        text.Append("#define LAST 7\n");
        Assert.Equal("7", Assert.Single(Extract(text.ToString()).Constants).Value);
    }

    [Fact]
    public void Ten_megabytes_of_what_is_listed_as_unresolved_are_read()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 330_000; i++)
            text.Append("#define F").Append(i).Append("(x) x\n");
        for (var i = 0; i < 130_000; i++)
            text.Append("extern int variable").Append(i).Append(";\n");
        Assert.Equal(460_000, Extract(text.ToString()).Unresolved.Count);
    }

    [Fact]
    public void A_literal_without_its_end_is_read_once()
    {
        var quotes = new StringBuilder().Insert(0, "\\\"", 300_000);
        var spec = Extract($"#define DOUBLE \"{quotes}\n#define SINGLE '{quotes.Replace('"', '\'')}\n#define LAST 7\n");
        Assert.Equal("LAST", Assert.Single(spec.Constants).Name);
    }

    [Fact]
    public void Records_are_nested_deeper_than_a_model_tells()
    {
        string Nested(int depth) => $"struct outer {{ {new StringBuilder().Insert(0, "struct { ", depth)}struct named {{ int a; }} b; {new StringBuilder().Insert(0, "} c; ", depth)}}};\n";
        var deepest = Extract(Nested(AbiLimits.DeepestRecord));
        Assert.Equal(["named", "outer"], deepest.Structs.Select(record => record.Name));
        Assert.Equal(deepest, AbiFile.Parse(AbiFile.Format(deepest)));

        var tooDeep = Extract(Nested(AbiLimits.DeepestRecord + 1) + "struct user { struct outer *far; struct outer near; };\n");
        Assert.Equal(["named", "user"], tooDeep.Structs.Select(record => record.Name));
        Assert.Equal("struct outer: records without a name are nested in it more than 256 deep", Assert.Single(tooDeep.Unresolved.Select(item => $"{item.Name}: {item.Reason}")));
        Assert.Equal(tooDeep, AbiFile.Parse(AbiFile.Format(tooDeep)));
    }

    [Fact]
    public void Quotes_in_a_path_do_not_break_the_probe()
    {
        var header = _directory.Write("odd name/with space/a.h", "#define A 1\n");
        Assert.Equal("1", Assert.Single(HeaderExtractor.Extract(new() { Path = header }).Constants).Value);
    }
}
