using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Each header of tests/Fixtures/headers/c beside the model it gives.</summary>
[Trait("needs", "libclang")]
public sealed class GoldenTests
{
    public static TheoryData<string> Headers =>
        [.. Directory.GetFiles(Path.Combine(Repository.Headers, "c"), "*.h").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Headers))]
    public void Header_gives_the_model_beside_it(string name)
    {
        var header = Path.Combine(Repository.Headers, "c", name);
        var golden = Path.ChangeExtension(header, ".abi.json");
        var model = AbiFile.Format(HeaderExtractor.Extract(Request(header)));
        if (Repository.RewriteGoldens)
            File.WriteAllText(golden, model);
        Assert.Equal(File.ReadAllText(golden), model);
    }

    [Theory]
    [InlineData("linux-6.1", "base")]
    [InlineData("linux-6.12", "upstream")]
    public void Committed_model_is_what_the_kernels_header_gives(string kernel, string variant)
    {
        var header = Path.Combine(Repository.Headers, kernel, "linux", "userfaultfd.h");
        var committed = File.ReadAllText(Path.Combine(Repository.Root, "linux-patch", variant, "userfaultfd.abi.json"));
        Assert.Equal(committed, AbiFile.Format(HeaderExtractor.Extract(new() { Path = header, Target = "x86_64-linux-gnu" })));
    }

    [Theory]
    [MemberData(nameof(Series))]
    public async Task Committed_model_is_what_the_series_makes_of_its_base(string variant)
    {
        using var tree = new TemporaryDirectory();
        await Ok("cp", "-r", Path.Combine(Repository.Headers, "linux-6.1"), Path.Combine(tree.Path, "include-uapi"));
        Directory.CreateDirectory(Path.Combine(tree.Path, "include"));
        Directory.Move(Path.Combine(tree.Path, "include-uapi"), Path.Combine(tree.Path, "include", "uapi"));
        await Ok("git", "init", "-q", tree.Path);
        foreach (var patch in PatchesOf(variant))
        {
            var text = await File.ReadAllTextAsync(patch, TestContext.Current.CancellationToken);
            if (text.Contains("+++ b/include/uapi/linux/userfaultfd.h", StringComparison.Ordinal))
                await Ok("git", "-C", tree.Path, "apply", "--include=include/uapi/*", patch);
        }
        var model = AbiFile.Format(HeaderExtractor.Extract(new() { Path = Path.Combine(tree.Path, "include/uapi/linux/userfaultfd.h"), Target = "x86_64-linux-gnu" }));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "linux-patch", variant, "userfaultfd.abi.json"), TestContext.Current.CancellationToken), model);
    }

    /// <summary>The variants that have a series.</summary>
    public static TheoryData<string> Series =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "linux-patch")).Where(folder => File.Exists(Path.Combine(folder, "series")))
            .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>Its patches in order, those of the variant that it stands on first.</summary>
    private static IEnumerable<string> PatchesOf(string variant)
    {
        var folder = Path.Combine(Repository.Root, "linux-patch", variant);
        var onto = Regex.Match(File.ReadAllText(Path.Combine(folder, "variant.toml")), @"^onto\s*=\s*""(.+)""", RegexOptions.Multiline);
        var below = onto.Success ? PatchesOf(onto.Groups[1].Value) : [];
        return below.Concat(Directory.GetFiles(folder, "*.patch").Order(StringComparer.Ordinal));
    }

    private static async Task Ok(string program, params string[] arguments)
    {
        var (status, _, error) = await CProbe.Run(program, arguments, TestContext.Current.CancellationToken);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }

    [Fact]
    public void Nothing_of_this_machine_reaches_the_model()
    {
        var model = AbiFile.Format(HeaderExtractor.Extract(Request(Path.Combine(Repository.Headers, "c", "records.h"))));
        Assert.DoesNotContain(Repository.Root, model, StringComparison.Ordinal);
        Assert.DoesNotContain("faultline-probe", model, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_macro_of_the_header_is_in_the_model_once()
    {
        var spec = HeaderExtractor.Extract(Request(Path.Combine(Repository.Headers, "c", "macros.h")));
        var defined = File.ReadLines(Path.Combine(Repository.Headers, "c", "macros.h"))
            .Where(line => line.StartsWith("#define ", StringComparison.Ordinal))
            .Select(line => new string([.. line["#define ".Length..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_')]))
            .Distinct()
            .Order(StringComparer.Ordinal);
        var described = spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)).Select(constant => constant.Name)
            .Concat(spec.Ioctls.Select(ioctl => ioctl.Name))
            .Concat(spec.Unresolved.Where(item => item.Kind != "declaration").Select(item => item.Name))
            .Append("LOOSE_FIRST") // the enumerator of the same name carries it
            .Order(StringComparer.Ordinal);
        Assert.Equal(defined, described);
    }

    private static HeaderRequest Request(string header) =>
        new() { Path = header, Target = "x86_64-linux-gnu", IncludeDirectories = [Path.Combine(Repository.Headers, "linux-6.1")] };
}
