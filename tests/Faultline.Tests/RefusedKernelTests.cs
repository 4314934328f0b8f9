using System.Diagnostics;

namespace Faultline.Cli.Tests;

/// <summary>The command under a seccomp filter, as in a container: the kernel is there and may not be asked.</summary>
[Trait("needs", "userfaultfd")]
public sealed class RefusedKernelTests : IDisposable
{
    /// <summary>Answers EPERM to userfaultfd(2) and, with a second argument "device", to USERFAULTFD_IOC_NEW; then runs what follows.</summary>
    private const string Sandbox = """
        #include <errno.h>
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <stddef.h>
        #include <string.h>
        #include <sys/prctl.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        #define REFUSE (SECCOMP_RET_ERRNO | EPERM)
        int main(int argc, char **argv)
        {
        	struct sock_filter filter[] = {
        		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_userfaultfd, 0, 1),
        		BPF_STMT(BPF_RET | BPF_K, REFUSE),
        		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, strcmp(argv[1], "device") ? 0xffffffff : SYS_ioctl, 0, 3),
        		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
        		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xaa00, 0, 1),
        		BPF_STMT(BPF_RET | BPF_K, REFUSE),
        		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        	};
        	struct sock_fprog program = { sizeof(filter) / sizeof(*filter), filter };
        	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        		return 99;
        	execv(argv[2], argv + 2);
        	return 98;
        }

        """;

    private static readonly string Model = Path.Combine(Command.Root, "linux-patch", "base", "userfaultfd.abi.json");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faultline-sandbox-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Where_neither_call_nor_device_is_allowed_the_message_says_so_and_exit_is_10()
    {
        var (status, error) = await RunAsync("device");
        Assert.True(status == 10, error);
        Assert.Contains("userfaultfd failed with EPERM", error, StringComparison.Ordinal);
        Assert.Contains("vm.unprivileged_userfaultfd", error, StringComparison.Ordinal);
        Assert.Contains("access to /dev/userfaultfd", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_call_is_refused_the_device_is_asked()
    {
        Assert.SkipUnless(File.Exists("/dev/userfaultfd"), "there is no /dev/userfaultfd");
        var (status, error) = await RunAsync("call");
        Assert.True(status == 0, error);
    }

    private async Task<(int Status, string Error)> RunAsync(string refuse)
    {
        var (source, sandbox) = (Path.Combine(_folder.FullName, "sandbox.c"), Path.Combine(_folder.FullName, "sandbox"));
        await File.WriteAllTextAsync(source, Sandbox, TestContext.Current.CancellationToken);
        var (compiled, complaint) = await StartAsync("gcc", "-o", sandbox, source);
        Assert.True(compiled == 0, complaint);
        return await StartAsync(sandbox, refuse, Command.File, "abi", "diff", Model, "running");
    }

    private static async Task<(int Status, string Error)> StartAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, error);
    }
}
