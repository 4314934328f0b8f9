using Faultline.AbiDiff.Reports;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Tests.Headers;

/// <summary>Headers of a distribution, as its compiler finds them, next to those of a kernel.</summary>
[Trait("needs", "libclang")]
public sealed class KernelPartTests : IDisposable
{
    private const string Target = "x86_64-linux-gnu";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <param name="asm">The directory that has <c>asm</c>; empty for that of the others.</param>
    private string Distribution(string asm)
    {
        foreach (var (name, text) in new[]
        {
            ("stdio.h", "#define BUFSIZ 8192\n"), ("libfoo/foo.h", "#error not C\n"), ("linux/types.h", "typedef unsigned int __u32;\n"),
            ("linux/toy.h", "#include <linux/types.h>\n#include <asm/toy.h>\n#include <stdio.h>\n#define TOY_BYTES BUFSIZ\n"),
            ("rdma/ours.h", "#define OURS 1\n"), ("rdma/of-another.h", "#define THEIRS 1\n"), ($"{asm}/asm/toy.h", "#define TOY_ARCH 86\n"),
        })
            _directory.Write($"distribution/include/{name}", text);
        return Path.Combine(_directory.Path, "distribution");
    }

    private string Kernel()
    {
        foreach (var (name, text) in new[]
        {
            ("linux/types.h", "typedef unsigned int __u32;\n"), ("rdma/ours.h", "#define OURS 2\n"), ("asm/toy.h", "#define TOY_ARCH 87\n"),
            ("linux/toy.h", "#include <linux/types.h>\n#include <asm/toy.h>\n#include <stdio.h>\n#define TOY_BYTES (BUFSIZ + 1)\n"),
        })
            _directory.Write($"kernel/{name}", text);
        return Path.Combine(_directory.Path, "kernel");
    }

    [Theory]
    [InlineData("x86_64-linux-gnu")]
    [InlineData(".")]
    public async Task Only_what_is_the_kernel_s_is_compared_and_asm_has_its_name(string asm)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (was, now) = (new SideRequest(Distribution(asm)) { Target = Target }, new SideRequest(Kernel()) { Target = Target });
        using var opened = new OpenedHeaders();
        var sweep = await HeaderSweep.ReadAsync(
            await AbiSource.OpenHeadersAsync(was, opened, cancellation), await AbiSource.OpenHeadersAsync(now, opened, cancellation),
            now, cancellation);
        Assert.Equal(
            ["asm/toy.h: constant-changed TOY_ARCH: 0x56 -> 0x57", "linux/toy.h: constant-changed TOY_BYTES: 0x2000 -> 0x2001",
                "rdma/ours.h: constant-changed OURS: 1 -> 2"],
            DriftReport.Of("old", "new", sweep.Pairs).Findings.Select(finding => $"{finding.Header}: {finding.Change}")
                .Order(StringComparer.Ordinal));
        var left = Assert.Single(sweep.Unread);
        Assert.Equal((was.Name, "rdma/of-another.h"), (left.Side, Assert.Single(left.Names)));
    }

    [Theory]
    [InlineData("x86_64-linux-gnu")]
    [InlineData(".")]
    public async Task One_header_of_asm_is_found_by_the_name_that_programs_use(string asm)
    {
        var side = await AbiSource.LoadAsync(
            new(Distribution(asm)) { Target = Target, Header = "asm/toy.h" }, TestContext.Current.CancellationToken);
        Assert.Equal("asm/toy.h", side.Spec.Header);
        Assert.Equal("TOY_ARCH", Assert.Single(side.Spec.Constants).Name);
    }

    /// <summary>The other side has no C library.</summary>
    [Fact]
    public async Task One_header_that_needs_the_C_library_is_compared()
    {
        var (was, now) = await AbiSource.LoadPairAsync(
            new(Distribution("x86_64-linux-gnu")) { Target = Target, Header = "linux/toy.h" },
            new(Kernel()) { Target = Target, Header = "linux/toy.h" }, TestContext.Current.CancellationToken);
        Assert.Equal(["8192", "8193"], new[] { was, now }.Select(side => side.Spec.Constants.Single().Value));
    }
}
