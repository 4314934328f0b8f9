using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>A header that is read without its comments is read as one that is read whole.</summary>
[Trait("needs", "libclang")]
public sealed class WithoutCommentsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private HeaderRequest Request(string text) =>
        new() { Path = _directory.Write("sample.h", text), IncludeDirectories = [_directory.Path] };

    [Fact]
    public void Without_comments_a_model_is_the_same_but_for_them()
    {
        var request = Request("""
            /** struct a - one
             * @x: the place
             */
            struct a {
                int x; /* the place */
            };
            enum e { E }; /* the end */
            #define A 1 /* the first */
            """);
        var (with, without) = (HeaderExtractor.Extract(request), HeaderExtractor.Extract(request with { WithDocs = false }));
        Assert.Equal(["the first"], with.Constants.Select(constant => constant.Doc));
        Assert.Equal([""], without.Constants.Select(constant => constant.Doc));
        Assert.Equal("the place", with.Structs[0].Fields[0].Doc);
        Assert.NotEqual(with, without);
        Assert.Equal(Undocumented(with), without);
    }

    private static AbiSpec Undocumented(AbiSpec spec) => spec with
    {
        Structs = spec.Structs.Select(record => record with
        {
            Doc = "", Fields = record.Fields.Select(field => field with { Doc = "" }).ToEquatableArray(),
        }).ToEquatableArray(),
        Enums = spec.Enums.Select(item => item with
        {
            Doc = "", Members = item.Members.Select(member => member with { Doc = "" }).ToEquatableArray(),
        }).ToEquatableArray(),
        Constants = spec.Constants.Select(constant => constant with { Doc = "" }).ToEquatableArray(),
    };
}
