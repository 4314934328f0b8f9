using System.Text.RegularExpressions;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>Emitted Rust, compiled by rustc, which checks the size, alignment and offsets that stand in it.</summary>
[Trait("needs", "libclang")]
public sealed partial class RustTests
{
    public static TheoryData<string> Headers => Emitted.Headers;

    /// <summary><c>offset_of!</c> came with Rust 1.77; the code itself needs nothing younger.</summary>
    private const string OldOffsets = """
        #![feature(const_ptr_offset_from)]
        macro_rules! offset_of {
            ($record:ident, $member:ident) => {{
                let macros_record = core::mem::MaybeUninit::<$record>::uninit();
                let macros_start = macros_record.as_ptr();
                unsafe { core::ptr::addr_of!((*macros_start).$member).cast::<u8>().offset_from(macros_start.cast::<u8>()) as usize }
            }};
        }

        """;

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task It_compiles_and_is_laid_out_as_the_header(string header)
    {
        if (Emitted.Model(header) is { } spec)
            Assert.Equal("", await CompileAsync(Emitted.In("rust", spec)));
    }

    /// <summary>As a file of its own and as a module, in the edition of a bare rustc too.</summary>
    [Theory]
    [InlineData("2015", true)]
    [InlineData("2015", false)]
    [InlineData("2021", true)]
    public async Task It_compiles_in_every_edition(string edition, bool root)
    {
        using var directory = new TemporaryDirectory();
        var code = Emitted.In("rust", Emitted.Model("tests/Fixtures/headers/c/records.h")!);
        directory.Write("abi.rs", ForThisCompiler(code));
        var file = directory.Write("lib.rs", root && !IsOld() ? code : Prelude() + "pub mod abi;\n");
        Assert.Equal("", (await RustcAsync("--edition", edition, "--crate-type", "rlib", "--emit", "metadata", "-D", "warnings",
            "-o", Path.Combine(directory.Path, "abi.rmeta"), file)).Error);
    }

    /// <summary>Words that not even <c>r#</c> makes a name of, and names that the code itself needs.</summary>
    [Theory]
    [InlineData("#define self 9\nstruct a { int x; };")]
    [InlineData("#define _ 7\nstruct a { int x; };")]
    [InlineData("enum e { super, crate = 3, Self }; struct a { enum e x; };")]
    [InlineData("enum { super = 4, self }; struct self { int self, Self; }; struct crate { struct self super; };")]
    [InlineData("struct rust_core { int x; }; struct core { struct rust_core y; };")]
    [InlineData("enum { size_of = 1, align_of, offset_of }; struct size_of { int x; };")]
    [InlineData("struct a { unsigned int self : 3, super : 5; };")]
    [InlineData("enum { type = 1, match }; struct fn { int type; };")]
    public async Task Words_of_the_language_are_no_trouble(string header)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("w.h", header);
        Assert.Equal("", await CompileAsync(Emitted.In("rust", Emitted.Model(Path.Combine(directory.Path, "w.h"))!)));
    }

    /// <summary>The assertions are no decoration.</summary>
    [Fact]
    public async Task A_wrong_offset_does_not_compile()
    {
        var code = Emitted.In("rust", Emitted.Model("tests/Fixtures/headers/c/records.h")!);
        var wrong = new Regex(@"(assert!\(offset_of!\(.*\) == )4\)").Replace(code, "${1}5)", 1);
        Assert.NotEqual(code, wrong);
        Assert.Contains("assert", await CompileAsync(wrong), StringComparison.Ordinal);
    }

    /// <summary>Bit-fields read and write what a C program sees in the same bytes.</summary>
    [Fact]
    public async Task Bits_are_where_C_has_them()
    {
        using var directory = new TemporaryDirectory();
        const string record = "struct b { unsigned int a : 3; int s : 5; unsigned long long wide : 40; unsigned char last; };";
        directory.Write("b.h", record);
        directory.Write("b.rs", ForThisCompiler(Emitted.In("rust", Emitted.Model(Path.Combine(directory.Path, "b.h"))!)));
        var main = directory.Write("main.rs", Prelude() + """
            mod b;
            fn main() {
                let mut b: b::b = unsafe { core::mem::zeroed() };
                b.set_a(5); b.set_s(-7); b.set_wide(0x12_3456_789a); b.last = 0xee;
                let bytes: [u8; core::mem::size_of::<b::b>()] = unsafe { core::mem::transmute(b) };
                println!("{:?} {} {} {:x}", bytes, b.a(), b.s(), b.wide());
            }
            """);
        var c = directory.Write("main.c", "#include <stdio.h>\n" + record + """
            int main(void) {
                static struct b b; b.a = 5; b.s = -7; b.wide = 0x123456789aULL; b.last = 0xee;
                for (unsigned i = 0; i < sizeof b; i++) printf("%s%d", i ? ", " : "[", ((unsigned char *)&b)[i]);
                printf("] %d %d %llx\n", b.a, b.s, (unsigned long long)b.wide);
            }
            """);
        await RustcAsync("--edition", "2021", "-o", Path.Combine(directory.Path, "rust"), main);
        await Compiler.RunAsync("gcc", "-w", "-o", Path.Combine(directory.Path, "c"), c);
        Assert.Equal(
            await Compiler.RunAsync(Path.Combine(directory.Path, "c")), await Compiler.RunAsync(Path.Combine(directory.Path, "rust")));
    }

    /// <summary>What the compiler says; empty when all is well.</summary>
    private static async Task<string> CompileAsync(string code)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("abi.rs", ForThisCompiler(code));
        var root = directory.Write("lib.rs", Prelude() + "pub mod abi;\n");
        return (await RustcAsync("--edition", "2021", "--crate-type", "rlib", "--emit", "metadata", "-D", "warnings",
            "-o", Path.Combine(directory.Path, "abi.rmeta"), root)).Error;
    }

    private static Task<(int Status, string Output, string Error)> RustcAsync(params string[] arguments) =>
        CProbe.Run("env", ["RUSTC_BOOTSTRAP=1", Rustc, .. arguments], TestContext.Current.CancellationToken);

    private static string Rustc => Compiler.Find("rustc", "rustc");

    private static string ForThisCompiler(string code) =>
        IsOld() ? code.Replace("use self::rust_core::mem::offset_of;\n", "", StringComparison.Ordinal) : code;

    private static string Prelude() => IsOld() ? OldOffsets : "";

    private static bool IsOld() => OldVersion.Value;

    private static readonly Lazy<bool> OldVersion = new(() =>
    {
        var (_, output, _) = CProbe.Run(Rustc, ["--version"], CancellationToken.None).GetAwaiter().GetResult();
        return int.Parse(Version().Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) < 77;
    });

    [GeneratedRegex(@"^rustc 1\.(\d+)")]
    private static partial Regex Version();
}
