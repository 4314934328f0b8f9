using System.Text;
using CsCheck;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Damaged headers: each gives a model that survives its file, or an error with a place. The model's own parser is fuzzed in AbiModel.Tests.</summary>
[Trait("needs", "libclang")]
public sealed class FuzzTests
{
    private static readonly string[] Snippets =
    [
        "{", "}", "(", ")", ";", "\"", "'", "/*", "*/", "\\\n", "#", "##", "#define A ", "#undef A\n", "#if 0\n", "#endif\n", "struct ", "union {", "enum { B = ", "typedef ", " : 3", "[",
        "]", "[0]", "[]", "[-1]", "[1ULL << 60]", "__attribute__((packed))", "__attribute__((aligned(1 << 30)))", "_IOWR('a', 1, ", "_IOC(", "sizeof(", "-1", "1 << 64", "1 / 0", "0x",
        "1e999", "L\"x\"", "\0", "\u00e9", "__auto_type", "faultline_Value_0", "...", "?:", "do ", "static inline int f(void) { ", "extern ", "long double ", "_Bool ", "__int128 ", "\r\n",
    ];

    private static readonly List<string> Sources = [Read("records.h"), Read("macros.h")];

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Headers, "c", name));

    [Fact]
    public void Damaged_headers_give_a_model_or_an_error_with_a_place()
    {
        using var directory = new TemporaryDirectory();
        var (models, refused) = (0, 0);
        var wound = Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 6], Gen.Int[0, Snippets.Length - 1]);
        Gen.Select(Gen.Int[0, Sources.Count - 1], wound.List[1, 3]).Sample((which, wounds) =>
        {
            var text = new StringBuilder(Sources[which]);
            foreach (var (at, cut, snippet) in wounds)
            {
                var start = at % text.Length;
                text.Remove(start, Math.Min(cut, text.Length - start)).Insert(start, Snippets[snippet]);
            }
            var header = directory.Write($"{Guid.NewGuid():N}/fuzz.h", text.ToString());
            try
            {
                var spec = HeaderExtractor.Extract(new() { Path = header });
                Interlocked.Increment(ref models);
                return AbiFile.Parse(AbiFile.Format(spec)) == spec;
            }
            catch (ExtractionException exception)
            {
                Interlocked.Increment(ref refused);
                return exception.Errors.Count > 0 && exception.Errors.All(error => error.Message.Length > 0);
            }
            finally
            {
                Directory.Delete(Path.GetDirectoryName(header)!, recursive: true);
            }
        }, iter: 1_500);
        Assert.True(models > 100 && refused > 100, $"{models} models, {refused} refused: the damage is too mild or too strong to test anything");
    }
}
