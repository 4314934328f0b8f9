using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>What generated code offers beyond layouts and numbers: compiled as a project would, and run.</summary>
[Trait("needs", "libclang")]
public sealed class BindingTests
{
    /// <summary>Compiles the body of a method that returns text, beside the generated code, without a warning.</summary>
    private static string Run(string body, bool overflowChecks, params ModelFile[] models)
    {
        var source = $"using Sample.Abi; public static unsafe class Program {{ public static string Main() {{ {body} }} }}";
        var run = GeneratorRun.Of([source], overflowChecks, models);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        var wrong = run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(wrong);
        return (string)run.Load().GetType("Program")!.GetMethod("Main")!.Invoke(null, null)!;
    }

    private static string Run(string body, params ModelFile[] models) => Run(body, overflowChecks: false, models);

    [Fact]
    public void Fields_with_a_byte_order_of_their_own() => Assert.Equal("4660 0x12 34 258 7", Run(
        """
        var p = new Packet { Port = 0x1234, Id = 0x102 };
        p.Hops[1] = 7;
        var bytes = (byte*)&p;
        return $"{p.Port} 0x{bytes[0]:x} {bytes[1]:x} {p.Id} {p.Hops[1]}";
        """,
        HeaderSet.Models(
            ("p.h", "#include <linux/types.h>\ntypedef __be16 port_t;\nstruct packet { port_t port; __le16 id; __be32 hops[2]; };\n"))));

    [Fact]
    public void Flexible_array_is_a_span_behind_the_record() => Assert.Equal("4 2 513", Run(
        """
        var bytes = new byte[9];
        (bytes[4], bytes[5]) = (1, 2);
        return $"{List.ItemsOffset} {List.ItemsOf(bytes).Length} {List.ItemsOf(bytes)[0]}";
        """,
        HeaderSet.Models(("l.h", "struct list { unsigned int count; unsigned short items[]; };\n"))));

    /// <summary>Casts of the generated code mean their bits, whatever the project checks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bit_fields_under_checked_arithmetic(bool overflowChecks) => Assert.Equal("-1 5 4095 200", Run(
        """
        var b = new Bits { Low = -1, Middle = 0xFD, High = 0xFFFF, Byte = 0x1C8 };
        return $"{b.Low} {b.Middle} {b.High} {b.Byte}";
        """,
        overflowChecks,
        HeaderSet.Models(
            ("b.h", "struct bits { signed int low : 9; unsigned int middle : 3; unsigned int high : 12; unsigned int byte : 8; };\n"))));

    [Fact]
    public void Requests_that_depend_on_arguments_are_methods() => Assert.Equal("80804506 800c4522 80184543 80184542 IoctlRequest`1", Run(
        """
        var (name, bit, abs) = (SIoctls.Evname(128), SIoctls.Evbit(2, 12), SIoctls.Evabs(2));
        return $"{name.Code:x} {bit.Code:x} {SIoctls.Evabs(3).Code:x} {abs.Code:x} {abs.GetType().Name}";
        """,
        HeaderSet.Models(("s.h",
            """
            #include <linux/ioctl.h>
            struct info { int v[6]; };
            #define EVNAME(len) _IOC(_IOC_READ, 'E', 0x06, len)
            #define EVBIT(ev, len) _IOC(_IOC_READ, 'E', 0x20 + (ev), len)
            #define EVABS(abs) _IOR('E', 0x40 + (abs), struct info)
            """))));

    /// <summary>
    /// A request has its argument's type however the header writes it, and one that is in an enum without a name is no
    /// constant too.
    /// </summary>
    [Fact]
    public void Requests_in_enums_are_requests() => Assert.Equal("c0106201 IoctlRequest`1 6202 3 80046203 80046203 COUNT", Run(
        """
        var (both, alone) = (SIoctls.Both, SIoctls.Alone);
        var constants = string.Join(" ", System.Array.ConvertAll(typeof(SConstants).GetFields(), field => field.Name.ToUpperInvariant()));
        var version = $"{SIoctls.Version.Code:x} {(uint)Command.Version:x}";
        return $"{both.Code:x} {both.GetType().Name} {alone.Code:x} {SConstants.Count} {version} {constants}";
        """,
        HeaderSet.Models(("s.h",
            """
            #include <linux/ioctl.h>
            struct pair { long long a, b; };
            enum { COUNT = 3, BOTH = _IOWR('b', 1, struct pair), ALONE = _IO('b', 2) };
            enum command { VERSION = _IOR('b', 3, int) };
            """))));

    /// <summary>The macros of a real header give in C# what they give in C.</summary>
    [Fact]
    public void Requests_of_linux_input() => Assert.Equal("80ff4506 80604520 80184540", Run(
        """
        return $"{InputIoctls.Eviocgname(255).Code:x} {InputIoctls.Eviocgbit(0, 96).Code:x} {InputIoctls.Eviocgabs(0).Code:x}";
        """,
        new ModelFile(AbiModel.AbiFile.Format(
            HeaderSet.Extract("/usr/include/linux/input.h", "/usr/include", "/usr/include/x86_64-linux-gnu")))));

    [Fact]
    public void Macro_that_became_a_method_is_not_reported_as_lost()
    {
        var run = GeneratorRun.Of(HeaderSet.Models(("s.h",
            "#include <linux/ioctl.h>\n#define GETS(len) _IOC(_IOC_READ, 'E', 6, len)\n#define CALL(x) ((x) * (x))\n")));
        Assert.Equal(["CALL"], run.Diagnostics.Where(item => item.Id == "FLT007").Select(item => item.GetMessage().Split('\'')[1]));
    }

    [Fact]
    public void Hexadecimal_flags_are_an_enum_of_flags() => Assert.Equal("True Vm, Fs 256", Run(
        """
        return $"{System.Attribute.IsDefined(typeof(Clone), typeof(System.FlagsAttribute))} {Clone.Vm | Clone.Fs} {SConstants.CloneVm}";
        """,
        HeaderSet.Models(("s.h", "#define CLONE_VM 0x00000100\n#define CLONE_FS 0x00000200\n#define CLONE_FILES 0x00000400\n"))));

    [Theory]
    [InlineData("internal", true)]
    [InlineData("Internal", true)]
    [InlineData("public", false)]
    [InlineData("", false)]
    public void Visibility(string wanted, bool isInternal)
    {
        var model = HeaderSet.Models(
            ("s.h", "struct s { int bit : 3; };\nenum e { A };\n#define X 1\n#define Y _IO('x', 1)\n#include <linux/ioctl.h>\n"))[0];
        var assembly = GeneratorRun.Of(model with { More = new Dictionary<string, string> { ["Visibility"] = wanted } }).Load();
        Assert.NotEqual(isInternal, assembly.GetExportedTypes().Length > 0);
        Assert.NotNull(assembly.GetType("Sample.Abi.S"));
    }

    [Fact]
    public void Prefixes_are_left_out()
    {
        var model = HeaderSet.Models(
            ("s.h",
            "struct drm_mode { int a; };\n#define DRM_CAP_X 1\n#define DRM_ 2\n#define I915_Y 3\n#define DRMX 4\n#define DRM_1 5\n"))[0];
        var assembly = GeneratorRun.Of(model with { More = new Dictionary<string, string> { ["StripPrefix"] = "DRM,I915_" } }).Load();
        Assert.NotNull(assembly.GetType("Sample.Abi.Mode"));
        Assert.Equal(["CapX", "Drm", "Drmx", "Y", "_1"],
            assembly.GetType("Sample.Abi.SConstants")!.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_is_wanted()
    {
        var model = HeaderSet.Models(
            ("s.h", "struct a { int x; };\nstruct b { struct a a; };\nstruct c { int x; };\n#define ONE 1\n#define TWO 2\n"))[0];
        var assembly = GeneratorRun.Of(model, ModelFile.Only("b\nT*\n")).Load();
        Assert.Equal(["A", "B", "SConstants"], assembly.GetExportedTypes().Select(type => type.Name)
            .Where(name => !name.StartsWith("IoctlRequest", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("Two", Assert.Single(assembly.GetType("Sample.Abi.SConstants")!.GetFields()).Name);
    }

    [Fact]
    public void Documentation_tells_header_and_line_unless_it_must_not()
    {
        var model = HeaderSet.Models(("s.h", "\nstruct s { int a; };\n#define ONE 1\n"))[0];
        var told = GeneratorRun.Of(model).Files;
        Assert.Contains("<remarks>s.h:2</remarks>", told["Sample.Abi.S.Structs.g.cs"], StringComparison.Ordinal);
        Assert.Contains("<remarks>s.h:3</remarks>", told["Sample.Abi.S.Constants.g.cs"], StringComparison.Ordinal);
        var silent = GeneratorRun.Of(model with { More = new Dictionary<string, string> { ["Places"] = "false" } }).Files;
        Assert.DoesNotContain(silent.Values, text => text.Contains("s.h:", StringComparison.Ordinal));
    }
}
