using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Names of another version, looked for in the headers that this one includes.</summary>
[Trait("needs", "libclang")]
public sealed class WantedNamesTests : IDisposable
{
    private const string Included = """
        #define ROUND 8
        #define UNASKED 9
        #define NEXT (1 << 2)
        #define CALL(x) (x)
        enum colour { RED = 3, GREEN };
        struct pair { int a, b; };
        struct unasked { int c; };
        typedef unsigned long handle_t;

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private ExtractedHeader Read(string text, WantedNames? wanted)
    {
        _directory.Write("included.h", Included);
        return HeaderExtractor.Read(new() { Path = _directory.Write("sample.h", text), IncludeDirectories = [_directory.Path],
            Wanted = wanted });
    }

    private static string[] Names(AbiSpec spec) =>
    [
        .. spec.Constants.Select(constant => $"{constant.Name}={constant.Value}"),
        .. spec.Enums.Select(item => item.Id),
        .. spec.Structs.Select(record => record.Id),
        .. spec.Typedefs.Select(item => item.Name),
        .. spec.Unresolved.Select(item => item.Name),
    ];

    [Fact]
    public void What_an_included_header_has_is_told_apart_from_the_header_s_own()
    {
        var header = Read(
            "#include \"included.h\"\n#define OWN 1\n",
            new HeaderText("#define ROUND 7\n#define GREEN 4\n#define CALL(x) x\n#define NOWHERE 1\n"
            + "struct pair { int a; };\ntypedef int handle_t;\n").Names);
        Assert.Equal(["OWN=1"], Names(header.Spec));
        Assert.Equal(["ROUND=8", "enum colour", "struct pair", "handle_t", "CALL"], Names(header.Elsewhere));
        Assert.Equal("included.h:1", header.Elsewhere.Locations.Single(location => location.Name == "ROUND").At);
    }

    [Fact]
    public void Those_of_a_model_are_found_as_well()
    {
        var wanted = WantedNames.Of(new()
        {
            Flags = EquatableArray.Of(new GroupSpec { Members = EquatableArray.Of(new ConstantSpec { Name = "NEXT" }) }),
            Structs = EquatableArray.Of(new StructSpec { Name = "pair" }),
        });
        Assert.Equal(["NEXT=4", "struct pair"], Names(Read("#include \"included.h\"\n", wanted).Elsewhere));
    }

    [Fact]
    public void The_header_s_own_model_is_the_same_whatever_is_wanted()
    {
        const string Text = "#include \"included.h\"\n#define OWN (ROUND + 1)\n#define BROKEN MISSING\n"
            + "struct mine { struct pair inner; };\n";
        Assert.Equal(AbiFile.Format(Read(Text, null).Spec), AbiFile.Format(Read(Text, new HeaderText(Included + Text).Names).Spec));
        Assert.Empty(Names(Read(Text, null).Elsewhere));
    }

    /// <summary>The probe asks for sizes of types, and a type that nobody defines is declared there.</summary>
    [Fact]
    public void What_the_questions_themselves_declare_is_nowhere()
    {
        _directory.Write("linux/ioctl.h", "#define _IOC(d, t, n, s) (((d) << 30) | ((t) << 8) | (n) | ((s) << 16))\n"
            + "#define _IOR(t, n, a) _IOC(2, (t), (n), sizeof(a))\n");
        const string Text = "#include <linux/ioctl.h>\n#define REQUEST _IOR('x', 1, struct gone)\n";
        Assert.Empty(Read(Text, new HeaderText(Text + "struct gone { int a; };\n").Names).Elsewhere.Unresolved);
    }
}
