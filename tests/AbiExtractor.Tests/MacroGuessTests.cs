using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>The names of macros are guessed from the text to save a parse; a wrong guess must cost that parse and nothing else.</summary>
public sealed class MacroGuessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("#define A 1\n", "A: 1")]
    [InlineData("  # \t define A_b2\t(1 << 2) /* why\n * so */\n", "A_b2: ( 1 < < 2 )")]
    [InlineData("#define A \\\n\t1 \\\r\n\t+ 2 // sum\n", "A: 1 + 2")]
    [InlineData("#define A \"a // b /* \\\" c\"\n", "A: \"a // b /* \\\" c\"")]
    [InlineData("#define F(x) x\n#define EMPTY\n#defined A 1\n// #define B 1\n", "F: ( x ) x\nEMPTY:")]
    [InlineData("#define A 1\n#define A 2\n", "A: 2")]
    [InlineData("#define LAST 1", "LAST: 1")]
    [InlineData("#define A \"open\n#define B 'x\\", "A: \"open\nB: 'x\\")]
    public void The_text_tells_names_and_bodies(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', MacroGuess.Read(text).Own.Select(macro => $"{macro.Name}: {string.Join(' ', macro.Body.Select(token => token.Text))}".Trim())));

    [Fact]
    public void Calls_are_asked_as_requests_and_what_cannot_stand_alone_is_not_asked()
    {
        var questions = MacroQuestions.For(MacroGuess.Read("#define CALL _IO('a', 1)\n#define ALIAS CALL\n#define SIZE sizeof(int)\n#define OPEN {\n#define PASTE a ## b\n#define END ;\n#define NUMBER (1 << 2)\n"));
        Assert.Equal(["ALIAS", "CALL", "NUMBER", "SIZE"], questions.Values.Order(StringComparer.Ordinal));
        Assert.Equal(["ALIAS", "CALL", "SIZE"], questions.Addresses.Order(StringComparer.Ordinal));
        Assert.Equal(["ALIAS", "CALL"], questions.Requests.Order(StringComparer.Ordinal));
    }

    /// <summary>What the text seems to say is not so. The other header's macro would run into the questions behind it.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData("#include \"other.h\"\n#ifndef OTHER\n#define OTHER 1\n#endif\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#if 0\n#define NEVER 1\n#endif\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#def\\\nine SPLIT 1\n#define AFTER 2\n", "AFTER=2 SPLIT=1")]
    [InlineData("%:define DIGRAPH 1\n#define AFTER 2\n", "AFTER=2 DIGRAPH=1")]
    [InlineData("/* on one line */ #define BEHIND 1\n#define AFTER 2\n", "AFTER=2 BEHIND=1")]
    [InlineData("/*\n#define IN_COMMENT 1\n*/\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#define GONE 1\n#undef GONE\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#if 1\n#define BOTH 1\n#else\n#define BOTH(x) x\n#endif\n", "BOTH=1")]
    [InlineData("#if 1\n#define BOTH(x) x\n#else\n#define BOTH 1\n#endif\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#if 1\n#define TWICE 1\n#else\n#define TWICE }\n#endif\n", "TWICE=1")]
    [InlineData("#if 0\n#define TWICE 1\n#else\n#define TWICE }\n#endif\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#define _Static_assert(condition, text)\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#define BEGIN {\n#define START BEGIN\n#define ZED 5\n", "ZED=5")]
    [InlineData("#define BEGIN <%\n#define AFTER 2\n", "AFTER=2")]
    [InlineData("#define OPEN(x) { x\n#define START OPEN(1)\n#define ZED 5\n", "ZED=5")]
    [InlineData("#include \"other.h\"\n#define START OTHER\n#define ZED 5\n", "ZED=5")]
    [InlineData("#include \"other.h\"\n#define START THIRD\n#define ZED 5\n", "ZED=5")]
    [InlineData("#define OPEN sizeof(struct {\n#define START OPEN\n#define ZED 5\n#define CLOSE })\n#define STOP CLOSE\n#define AFTER 2\n", "AFTER=2 ZED=5")]
    [InlineData("#define S 1; int x = 2\n#define T S\n#define ZED 5\n", "ZED=5")]
    [InlineData("#define S() 1; void f(void) {\n#define T S()\n#define ZED 5\n", "ZED=5")]
    [InlineData("#define S 1, x = 2\n#define ZED 5\n", "ZED=5")]
    [InlineData("#define OFFSET(t) __builtin_offsetof(struct { char c; t x; }, x)\n#define ALIGN OFFSET(int)\n", "ALIGN=4")]
    [InlineData("#define HALF(x) (x\n#define REST + 1)\n#define SUM HALF(1) REST\n", "SUM=2")]
    public void A_text_that_misleads_changes_nothing(string text, string constants)
    {
        _directory.Write("other.h", "#define OTHER {\n#define THIRD OTHER\n");
        var path = SearchPath.For(new() { Path = _directory.Write("sample.h", text) });
        var spec = HeaderExtractor.Extract(path, new(text)).Spec;
        Assert.Equal(AbiFile.Format(HeaderExtractor.Extract(path, new("")).Spec), AbiFile.Format(spec));
        Assert.Equal(constants, string.Join(' ', spec.Constants.Select(constant => $"{constant.Name}={constant.Value}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void What_reaches_out_of_its_question_is_told_as_such()
    {
        var spec = HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", "#define BEGIN {\n#define START BEGIN\n#define S 1; int x = 2\n#define T S\n#define LIST 1, x = 2\n") });
        Assert.Equal(
        [
            "BEGIN: its brackets do not close, or it holds a statement",
            "LIST: it goes on with a declaration of its own",
            "S: its brackets do not close, or it holds a statement",
            "START: it names a macro in which a brace is left open, or that holds a statement",
            "T: it names a macro in which a brace is left open, or that holds a statement",
        ], spec.Unresolved.Select(item => $"{item.Name}: {item.Reason}"));
    }

    private string Header(string text) => _directory.Write("sample.h", text);

    /// <summary>Nobody but the compiler sees the brace in it. The macros behind it would be lost.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public void A_question_that_takes_in_the_others_is_left_out_with_the_compilers_words()
    {
        var spec = HeaderExtractor.Extract(new() { Path = Header("#define PASTE(a, b) a ## b\n#define START PASTE(<, %)\n#define ZED 5\n") });
        Assert.Equal("5", spec.Constants.Single(constant => constant.Name == "ZED").Value);
        var start = spec.Unresolved.Single(item => item.Name == "START");
        Assert.StartsWith("is not self-contained, expanding it swallows the code after it: ", start.Reason, StringComparison.Ordinal);
    }

    /// <summary>Each costs a parse.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public void Many_questions_that_take_in_the_others_are_refused_with_the_place_of_one()
    {
        var starts = string.Concat(Enumerable.Range(0, 9).Select(i => $"#define START{i} PASTE(<, %)\n"));
        var path = Header($"#define PASTE(a, b) a ## b\n{starts}#define ZED 5\n");
        var refusal = Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(new() { Path = path }));
        Assert.Matches(@"sample\.h:\d+: macro START\d is not self-contained, expanding it swallows the code after it", refusal.Message);
    }

    /// <summary>Each sum is nested in the next; clang's own bound ended the parse, and with it every later macro.</summary>
    [Fact]
    [Trait("needs", "libclang")]
    public void Sums_that_grow_macro_by_macro_are_constants()
    {
        string Sums(int count) => "#define N0 0\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"#define N{i} (N{i - 1}+1)\n"))
            + "#define _IOC(d, t, n, s) (((d) << 30) | ((t) << 8) | (n) | ((s) << 16))\n#define AFTER 2\n#define REQUEST _IOC(0, 'a', 1, 4)\n";
        var spec = HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", Sums(300)) });
        Assert.Equal("2", spec.Constants.Single(constant => constant.Name == "AFTER").Value);
        Assert.Equal("300", spec.Constants.Single(constant => constant.Name == "N300").Value);
        Assert.Equal("REQUEST", Assert.Single(spec.Ioctls).Name);

        var deep = $"#define DEEP {new string('(', 5000)}1{new string(')', 5000)}\n#define AFTER 2\n";
        var told = HeaderExtractor.Extract(new() { Path = Header(deep) });
        Assert.Equal("2", Assert.Single(told.Constants).Value);
        Assert.Equal("DEEP: is not self-contained, expanding it swallows the code after it: bracket nesting level exceeded maximum of 4096",
            string.Join('\n', told.Unresolved.Select(item => $"{item.Name}: {item.Reason}")));
    }

    /// <summary>Where the header's text alone is known, nothing in it says that the other header's macro is a request.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData("#define ALIAS REQ\n")]
    [InlineData("#define ALIAS AGAIN\n")]
    [InlineData("#ifdef REQ\n#define ALIAS REQ\n#else\n#define ALIAS _IOR('x', 1, int)\n#endif\n")]
    [InlineData("#ifndef REQ\n#define ALIAS _IOR('x', 1, int)\n#else\n#define ALIAS REQ\n#endif\n")]
    public void An_alias_of_another_headers_request_is_a_request(string text)
    {
        _directory.Write("linux/ioctl.h", "#define _IOC(d, t, n, s) (((d) << 30) | ((t) << 8) | (n) | ((s) << 16))\n#define _IOR(t, n, a) _IOC(2, (t), (n), sizeof(a))\n");
        _directory.Write("other.h", "#define REQ _IOR('x', 1, int)\n#define AGAIN REQ\n");
        text = "#include <linux/ioctl.h>\n#include \"other.h\"\n" + text;
        var path = SearchPath.For(new() { Path = _directory.Write("sample.h", text), IncludeDirectories = [_directory.Path] });
        var guessed = HeaderExtractor.Extract(path, new(text)).Spec;
        Assert.Equal(AbiFile.Format(HeaderExtractor.Extract(path, new("")).Spec), AbiFile.Format(guessed));
        var ioctl = Assert.Single(guessed.Ioctls);
        Assert.Equal(("ALIAS", 1, 4, "int"), (ioctl.Name, ioctl.Number, ioctl.Size, ioctl.Argument));
        Assert.Empty(guessed.Constants);
    }

    /// <summary>With something behind it each of these could be C.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData("#define A 1\nint x")]
    [InlineData("#define A 1\nstruct s { int a; }")]
    [InlineData("#define A 1\nenum e { B,\n")]
    [InlineData("#define A 1\nstatic inline void f(void) {\n")]
    [InlineData("#ifndef H\n#define H\nstruct a { int x; };\nstatic inline int f(void) { return 0;\nstruct b { int y; };\n#endif\n")]
    [InlineData("#include \"open.h\"\n")]
    [InlineData("#define _Static_assert(condition, text)\nstatic inline int f(void) { return 0;\n")]
    [InlineData("#define A 1\n__attribute__((packed))\n")]
    [InlineData("#define A 1\n#if 1\n")]
    [InlineData("#define A 1\n/* open\n")]
    public void A_header_without_its_end_is_refused(string text)
    {
        _directory.Write("open.h", "static inline int f(void) {\n");
        var request = new HeaderRequest { Path = _directory.Write("sample.h", text) };
        var refusal = Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(request));
        Assert.All(refusal.Errors, error => Assert.Equal("sample.h", error.File));
    }

    [Fact]
    [Trait("needs", "libclang")]
    public void The_machines_headers_give_the_same_model_with_and_without_a_guess()
    {
        var (compared, refused) = (0, 0);
        var headers = Directory.EnumerateFiles("/usr/include/linux", "*.h").Order(StringComparer.Ordinal).Where((_, i) => i % 7 == 0);
        foreach (var path in headers.Select(header => SearchPath.For(new() { Path = header })))
        {
            AbiSpec? guessed = null;
            try
            {
                guessed = HeaderExtractor.Extract(path, new(File.ReadAllText(path.Header))).Spec;
            }
            catch (ExtractionException exception)
            {
                Assert.Equal(exception.Message, Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(path, new(""))).Message);
                refused++;
            }
            if (guessed is null)
                continue;
            Assert.Equal(AbiFile.Format(HeaderExtractor.Extract(path, new("")).Spec), AbiFile.Format(guessed));
            compared++;
        }
        Assert.True(compared > 10 * refused, $"{compared} headers compared, {refused} refused");
    }
}
