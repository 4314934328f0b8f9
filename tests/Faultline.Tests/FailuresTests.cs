using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests;

/// <summary>Which exit code and which words an exception gets.</summary>
public class FailuresTests
{
    private static readonly string[] Tail = [.. Enumerable.Range(1, 30).Select(line => $"line {line}")];

    public static TheoryData<Exception, int> Known => new()
    {
        { new UsageException("x"), 2 },
        { new UnknownVariantException("x", [("linux-patch", ["base"])]), 2 },
        { new VariantFileException("variant.toml", 3, "no role"), 2 },
        { new KernelSourceException("x"), 2 },
        { new KconfigFragmentException("a.config", 1, "x"), 5 },
        { new KconfigDroppedException("base", [], null), 5 },
        { new KernelBuildException("base", Phase.Build, [], Tail, null), 6 },
        { new GuestException("x"), 10 },
        { new TreeUnreadableException("x"), 10 },
        { new UnsteadyInputsException("x"), 10 },
        { new EngineUnavailableException("x", []), 10 },
        { new ImageBuildException("x", "image", Tail), 10 },
        { new ContainerFailedException("x", Phase.Build, "c", 1, Tail), 10 },
        { new ContainerDeadlineException("c", Phase.Build, TimeSpan.FromSeconds(1), Tail), 10 },
    };

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void Every_exception_a_user_can_act_on_has_its_exit_code(Exception e, int code)
    {
        Assert.Equal(code, Failures.Describe(e)!.ExitCode);
        Assert.StartsWith(e.Message, Failures.Describe(e)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_what_a_container_printed_is_told_with_its_failure()
    {
        var lines = Failures.Describe(new ContainerFailedException("it failed", Phase.Build, "c", 1, Tail))!.Message.Split('\n');
        Assert.Equal(["it failed", "  line 11"], lines[..2]);
        Assert.Equal("  line 30", lines[^1]);
        Assert.Equal("it failed", Failures.Describe(new ContainerFailedException("it failed", Phase.Build, "c", 1, []))!.Message);
    }

    [Fact]
    public void A_defect_of_ours_is_no_message_for_a_user() => Assert.Null(Failures.Describe(new InvalidOperationException("x")));

    /// <summary>Whoever adds an exception of the harness says what it means for a kernel, or it is a defect.</summary>
    [Fact]
    public void Every_exception_of_the_harness_says_what_it_means()
    {
        var others = typeof(FaultlineException).Assembly.GetTypes().Concat(typeof(Failures).Assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(Exception)) && type != typeof(FaultlineException)
                && !type.IsSubclassOf(typeof(FaultlineException)))
            .Where(type => !type.IsNestedPrivate).Select(type => type.FullName);
        Assert.Empty(others);
    }
}
