using Faultline.AbiSources.Headers.Untouched;

namespace Faultline.AbiSources.Tests.Headers.Untouched;

/// <summary>A header is cut where a declaration or directive ends, and nowhere else.</summary>
public sealed class HeaderPiecesTests
{
    private static IEnumerable<string>? Cut(string text) =>
        HeaderPieces.Cut(text)?.Select(piece => piece.Conditions.Length == 0 ? piece.Text : $"{piece.Conditions} => {piece.Text}");

    [Fact]
    public void Pieces_stand_in_their_order_with_their_conditions() => Assert.Equal(
        [
            "#ifndef G => #define G",
            "#ifndef G => #include <linux/types.h>",
            "#ifndef G => struct a { int x; } __attribute__((packed));",
            "#ifndef G\n#ifdef B => typedef int b;",
            "#ifndef G\n#ifdef B\n#else => typedef long b;",
            "#ifndef G => static inline int f(void) { return 1; }",
            "#ifndef G => enum { C, D };",
        ],
        Cut("""
            /* SPDX */
            #ifndef G
            #define G
            #include <linux/types.h>
            struct a {
                int   x;	/* } */
            }
            __attribute__((packed));
            #ifdef B
            typedef int b;
            #else
            typedef long b; // "
            #endif
            static inline int f(void)
            {
                return 1;
            }
            enum { C,
                D };
            #endif
            """)!);

    [Fact]
    public void A_directive_inside_a_declaration_is_a_part_of_it() =>
        Assert.Equal(["struct a { \n#define A 1\nint x; };"], Cut("struct a {\n#define A 1\nint x; };\n")!);

    [Fact]
    public void A_linkage_for_another_language_is_no_declaration() => Assert.Equal(
        ["#ifdef __cplusplus => extern \"C\" {", "typedef int a;", "#ifdef __cplusplus => }"],
        Cut("#ifdef __cplusplus\nextern \"C\" {\n#endif\ntypedef int a;\n#ifdef __cplusplus\n}\n#endif\n")!);

    [Theory]
    [InlineData("struct a {\n#ifdef B\nint x; };\n#else\nlong x; };\n#endif\n")]
    [InlineData("int x\n")]
    [InlineData("#ifdef A\n")]
    [InlineData("#endif\n")]
    [InlineData("#else\n")]
    [InlineData("int x; }\n")]
    [InlineData("int x\n#endif\n;\n")]
    public void What_is_not_made_of_whole_pieces_is_not_cut(string text) => Assert.Null(HeaderPieces.Cut(text));
}
