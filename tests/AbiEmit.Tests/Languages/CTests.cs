using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests.Languages;

/// <summary>Emitted C, compiled by gcc: what it asserts holds for itself and for the header that it comes from.</summary>
[Trait("needs", "libclang")]
public sealed class CTests
{
    public static TheoryData<string> Headers => Emitted.Headers;

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task It_says_of_records_and_numbers_what_the_header_says(string header)
    {
        if (Emitted.Model(header) is not { } spec)
            return;
        using var directory = new TemporaryDirectory();
        var code = Emitted.In("c", spec);
        var emitted = directory.Write("emitted.h", code);
        await Compiler.RunAsync("gcc", "-std=gnu17", "-Wall", "-Wno-packed-not-aligned", "-fsyntax-only", emitted);
        var original = directory.Write("original.c", $"#include <stddef.h>\n#include \"{Path.Combine(Repository.Root, header)}\"\n"
            + "#include <stdint.h>\n#include <linux/ioctl.h>\n" + string.Join('\n', Facts(code, spec)) + "\n");
        await Compiler.RunAsync("gcc", "-std=gnu17", "-w", "-fsyntax-only", original);
    }

    /// <summary>Other alignment, another byte order: the compilers of those machines take what is written for them.</summary>
    [Theory]
    [InlineData("i386-linux-gnu")]
    [InlineData("s390x-linux-gnu")]
    [InlineData("aarch64-linux-gnu")]
    public async Task Other_machines_have_it_too(string target)
    {
        var compiler = CrossCompiler.All.Single(each => each.Target == target);
        Assert.SkipUnless(
            compiler.IsInstalled, $"{compiler.Program} is missing; ./build.sh test installs it, or: apt-get install {compiler.Packages}");
        foreach (var name in new[] { "kvm", "fuse", "bpf", "tcp", "io_uring", "nl80211", "btrfs", "if_packet" })
        {
            using var directory = new TemporaryDirectory();
            var spec = Emitted.Model($"{compiler.Include}/linux/{name}.h", target, compiler.Include)!;
            var emitted = directory.Write("emitted.h", Emitted.In("c", spec));
            await Compiler.RunAsync(compiler.Program, "-std=gnu17", "-ffreestanding", "-Wall", "-fsyntax-only", emitted);
        }
    }

    /// <summary>The assertions, and one more for each number.</summary>
    private static IEnumerable<string> Facts(string code, AbiSpec spec)
    {
        var macros = spec.Constants.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal); // they hide enumerators
        var members = spec.Enums.SelectMany(item => item.Members).Select(each => each.Name).Except(macros)
            .ToHashSet(StringComparer.Ordinal);
        var numbers = spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members))
            .Where(constant => constant is { Kind: ValueKind.Integer, Type.Kind: not TypeKind.Pointer }).Select(constant => constant.Name)
            .Concat(spec.Ioctls.Select(ioctl => ioctl.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var line in code.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("_Static_assert", StringComparison.Ordinal))
                yield return line;
            else if (line.Split(' ', 3) is ["#define", var name, var value] && numbers.Contains(name))
                // A flag has the width of its word, where its macro has a sign.
                yield return $"_Static_assert((unsigned int)({name}) == (unsigned int)({value.Split(" // ")[0]}), \"{name}\");";
            else if (line.Split(" = ") is [var member, var number] && number.EndsWith(',') && members.Contains(member))
                yield return $"_Static_assert(({member}) == ({number.TrimEnd(',')}), \"{member}\");";
        }
    }
}
