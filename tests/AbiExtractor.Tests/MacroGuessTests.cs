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
    [InlineData("#define F(x) x\n#define EMPTY\n#defined A 1\n// #define B 1\n", "EMPTY:")]
    [InlineData("#define A 1\n#define A 2\n", "A: 2")]
    [InlineData("#define LAST 1", "LAST: 1")]
    public void The_text_tells_names_and_bodies(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', MacroGuess.Read(text).Select(macro => $"{macro.Name}: {string.Join(' ', macro.Body.Select(token => token.Text))}".Trim())));

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
    public void A_text_that_misleads_changes_nothing(string text, string constants)
    {
        _directory.Write("other.h", "#define OTHER {\n");
        var spec = HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text) });
        Assert.Equal(constants, string.Join(' ', spec.Constants.Select(constant => $"{constant.Name}={constant.Value}").Order(StringComparer.Ordinal)));
    }

    /// <summary>With something behind it each of these could be C.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData("#define A 1\nint x")]
    [InlineData("#define A 1\nstruct s { int a; }")]
    [InlineData("#define A 1\nenum e { B,\n")]
    [InlineData("#define A 1\nstatic inline void f(void) {\n")]
    [InlineData("#define A 1\n__attribute__((packed))\n")]
    [InlineData("#define A 1\n#if 1\n")]
    [InlineData("#define A 1\n/* open\n")]
    public void A_header_without_its_end_is_refused(string text)
    {
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
                guessed = HeaderExtractor.Extract(path, File.ReadAllText(path.Header)).Spec;
            }
            catch (ExtractionException exception)
            {
                Assert.Equal(exception.Message, Assert.Throws<ExtractionException>(() => HeaderExtractor.Extract(path, "")).Message);
                refused++;
            }
            if (guessed is null)
                continue;
            Assert.Equal(AbiFile.Format(HeaderExtractor.Extract(path, "").Spec), AbiFile.Format(guessed));
            compared++;
        }
        Assert.True(compared > 10 * refused, $"{compared} headers compared, {refused} refused");
    }
}
