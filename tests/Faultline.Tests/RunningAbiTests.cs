namespace Faultline.Cli.Tests;

/// <summary><c>abi diff</c> against this machine's own kernel, and against its BTF.</summary>
public class RunningAbiTests
{
    private static readonly string Header = Path.Combine("tests", "Fixtures", "headers", "linux-6.1", "linux", "userfaultfd.h");
    private static readonly string Model = Path.Combine("linux-patch", "base", "userfaultfd.abi.json");

    /// <summary>6.1 is older than any kernel this runs on, so that the kernel has all of it, and perhaps more.</summary>
    [Fact]
    [Trait("needs", "userfaultfd")]
    [Trait("needs", "libclang")]
    public async Task An_old_header_is_not_broken_by_the_running_kernel()
    {
        var result = await Command.RunAsync("abi", "diff", Header, "running");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotContain("breaking", result.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]));
    }

    /// <summary>A feature that no kernel has, and an ioctl whose argument is longer than any kernel takes.</summary>
    [Fact]
    [Trait("needs", "userfaultfd")]
    public async Task A_promise_the_running_kernel_does_not_keep_is_named_and_exit_3()
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(Command.Root, Model), TestContext.Current.CancellationToken))
            .Replace("\"name\": \"UFFD_FEATURE_SIGBUS\", \"type\": \"int\", \"as\": \"s32\", \"value\": 128", "\"name\": \"UFFD_FEATURE_SIGBUS\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1073741824", StringComparison.Ordinal)
            .Replace("\"nr\": 3, \"size\": 40, \"code\": 3223890435", "\"nr\": 3, \"size\": 48, \"code\": 3224414723", StringComparison.Ordinal);
        var model = Path.Combine(Path.GetTempPath(), $"faultline-{Guid.NewGuid():n}.abi.json");
        await File.WriteAllTextAsync(model, text, TestContext.Current.CancellationToken);
        try
        {
            var result = await Command.RunAsync("abi", "diff", model, "running");
            Assert.True(result.ExitCode == 3, result.ToString());
            Assert.Contains("flag-removed UFFD_FEATURE_SIGBUS: was 1 << 30", result.Output, StringComparison.Ordinal);
            Assert.Contains("ioctl-size-changed UFFDIO_COPY: 48 bytes -> 40 bytes", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(model);
        }
    }

    [Fact]
    public async Task Running_without_names_asks_for_a_header()
    {
        var result = await Command.RunAsync("abi", "diff", "running", "running");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("--names-of", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "userfaultfd")]
    public async Task Running_against_itself_under_the_names_of_a_model_is_equal()
    {
        var result = await Command.RunAsync("abi", "diff", "running", "running", "--names-of", Model, "--fail-on", "any");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task The_kernels_own_BTF_holds_the_records_of_the_header()
    {
        const string btf = "/sys/kernel/btf/vmlinux";
        Assert.SkipUnless(File.Exists(btf), $"this kernel has no {btf} (CONFIG_DEBUG_INFO_BTF is off)");
        Assert.SkipUnless(File.Exists("/usr/sbin/bpftool"), "bpftool is not installed (apt-get install bpftool)");
        var result = await Command.RunAsync("abi", "diff", btf, Model, "--fail-on", "breaking", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        // Had no record been found in the BTF, none could have been compared.
        Assert.DoesNotContain("struct uffdio_copy", result.Output, StringComparison.Ordinal);
    }
}
