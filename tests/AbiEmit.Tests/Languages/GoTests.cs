using System.Text.RegularExpressions;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>Emitted Go, compiled by gc or by gcc's Go, which check the sizes and offsets that stand in it.</summary>
[Trait("needs", "libclang")]
public sealed class GoTests
{
    public static TheoryData<string> Headers => Emitted.Headers;

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task It_compiles_and_is_laid_out_as_the_header(string header)
    {
        if (Emitted.Model(header) is { } spec)
            Assert.Equal("", await CompileAsync(Emitted.In("go", spec)));
    }

    /// <summary>No record is in it, and yet something that takes a pointer.</summary>
    [Fact]
    public async Task Pointers_without_records()
    {
        using var directory = new TemporaryDirectory();
        var header = directory.Write("p.h", "typedef void handler_t(int); typedef handler_t *handler;");
        Assert.Equal("", await CompileAsync(Emitted.In("go", Emitted.Model(header)!)));
    }

    [Fact]
    public async Task A_wrong_size_does_not_compile()
    {
        var code = Emitted.In("go", Emitted.Model("/usr/include/linux/userfaultfd.h")!);
        var wrong = code.Replace("Sizeof(r)-24", "Sizeof(r)-25", StringComparison.Ordinal);
        Assert.NotEqual(code, wrong);
        Assert.NotEqual("", await CompileAsync(wrong));
    }

    [Fact]
    public async Task Bits_and_members_of_unions_are_where_C_has_them()
    {
        using var directory = new TemporaryDirectory();
        const string record = "struct b { unsigned int a : 3; int s : 5; unsigned long long wide : 40; "
            + "union { unsigned short half[2]; unsigned int word; } u; };";
        directory.Write("b.h", record);
        var spec = Emitted.Model(Path.Combine(directory.Path, "b.h"))!;
        // The compiler of gcc takes files, not modules: one program of two files.
        var abi = directory.Write("b.go", Emitted.In("go", spec, package: "main"));
        var main = directory.Write("main.go", """
            package main

            import "fmt"

            func main() {
            	var b B
            	b.SetA(5)
            	b.SetS(-7)
            	b.SetWide(0x123456789a)
            	b.U.Half()[1] = 0xbeef
            	fmt.Printf("%d %d %x %x %x\n", b.A(), b.S(), b.Wide(), *b.U.Word(), b.Bits0)
            }
            """);
        var c = directory.Write("main.c", "#include <stdio.h>\n" + record + """
            int main(void) {
                static struct b b; b.a = 5; b.s = -7; b.wide = 0x123456789aULL; b.u.half[1] = 0xbeef;
                printf("%d %d %llx %x ", b.a, b.s, (unsigned long long)b.wide, b.u.word);
                for (int i = 0; i < 6; i++) printf("%02x", ((unsigned char *)&b)[i]);
                printf("\n");
            }
            """);
        var program = Path.Combine(directory.Path, "go");
        Assert.Equal("", await BuildAsync(program, abi, main));
        await Compiler.RunAsync("gcc", "-w", "-o", Path.Combine(directory.Path, "c"), c);
        Assert.Equal(await Compiler.RunAsync(Path.Combine(directory.Path, "c")), await Compiler.RunAsync(program));
    }

    private static async Task<string> CompileAsync(string code)
    {
        using var directory = new TemporaryDirectory();
        return await BuildAsync(Path.Combine(directory.Path, "abi.o"), directory.Write("abi.go", code));
    }

    /// <summary>What the compiler says; empty when all is well.</summary>
    private static async Task<string> BuildAsync(string output, params string[] files)
    {
        var compiler = Compiler.Find("gccgo", "go", "gccgo");
        var program = files.Length > 1;
        var kind = Path.GetFileName(compiler) == "go" ? "build" : program ? "-O0" : "-c";
        string[] arguments = [kind, "-o", output, .. files];
        var (status, _, error) = await CProbe.Run(compiler, arguments, TestContext.Current.CancellationToken);
        return status == 0 ? error : $"exit {status}\n{error}";
    }
}
