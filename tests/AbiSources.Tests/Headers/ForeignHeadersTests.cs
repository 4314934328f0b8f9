using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiSources.Tests.Headers;

/// <summary>Installed headers of one architecture, asked for the ABI of another.</summary>
[Trait("needs", "libclang")]
public sealed class ForeignHeadersTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Install(string guard)
    {
        _folder.Write("asm/types.h", "#include <asm/long.h>\n");
        _folder.Write("asm/long.h", $"/* by the compiler */\n#ifndef {guard}\n#define {guard}\ntypedef long asm_long;\n#endif\n");
        _folder.Write("linux/types.h", "#include <asm/types.h>\n");
        _folder.Write("linux/plain.h", "struct plain { int a; };\n");
        return _folder.Write("linux/toy.h", "#include <linux/types.h>\nstruct toy { asm_long a; };\n");
    }

    private static Task<AbiSide> LoadAsync(string name, string target, string header = "linux/types.h") => AbiSource.LoadAsync(
        new(name) { Target = target, Header = header }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("_ASM_X86_LONG_H", "x86", "aarch64-linux-gnu", "arm64")]
    [InlineData("_UAPI_ASM_RISCV_LONG_H", "riscv", "x86_64-linux-gnu", "x86")]
    [InlineData("__ASM_POWERPC_LONG_H", "powerpc", "s390x-linux-gnu", "s390")]
    public async Task Another_architecture_is_refused_with_what_to_do(string guard, string held, string target, string wanted)
    {
        var header = Install(guard);
        var refusal = await Assert.ThrowsAsync<ExtractionException>(() => LoadAsync(header, target));
        Assert.Contains(
            $"holds the headers of {held} (its long.h says so), and {target} is {wanted}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the kernel's source tree", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message.Split(". ", 2)[1],
            (await Assert.ThrowsAsync<SideException>(() => LoadAsync(_folder.Path, target))).Message);
        // Nothing of the machine is in it.
        Assert.Single((await LoadAsync(Path.Combine(_folder.Path, "linux/plain.h"), target)).Spec.Structs);
    }

    [Theory]
    [InlineData("_ASM_X86_LONG_H", "i386-linux-gnu")]
    [InlineData("_ASM_X86_LONG_H", "x86_64-linux-gnux32")]
    [InlineData("_ASM_X86_LONG_H", "bpf")]
    [InlineData("_ASM_LONG_H", "aarch64-linux-gnu")]
    [InlineData("__ARM_KVM_H__", "aarch64-linux-gnu")]
    public async Task What_may_be_right_is_read(string guard, string target)
    {
        Assert.Single((await LoadAsync(Install(guard), target)).Spec.Structs);
        Assert.Single((await LoadAsync(_folder.Path, target, "linux/toy.h")).Spec.Structs);
    }

    [Fact]
    public async Task What_says_two_things_says_nothing()
    {
        var header = Install("_ASM_X86_LONG_H");
        _folder.Write("asm/sve_context.h", "");
        Assert.Single((await LoadAsync(header, "s390x-linux-gnu")).Spec.Structs);
    }
}
