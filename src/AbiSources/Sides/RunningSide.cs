using Faultline.AbiModel;
using Faultline.AbiSources.Btf;
using Faultline.AbiSources.Tools;
using Faultline.Machine;
using Faultline.Uffd;
using Faultline.UffdProbe;
using Faultline.Userfaultfd;

namespace Faultline.AbiSources.Sides;

/// <summary>This machine's own kernel: what it answers to a program, and its BTF where it has one.</summary>
internal sealed class RunningSide : ISideKind
{
    public const string Word = "running", KernelBtf = "/sys/kernel/btf/vmlinux";

    public string What => $"'{Word}' for this machine's own kernel";

    public bool NeedsNames => true;

    public bool Takes(SideRequest request) => request.Name == Word;

    public async Task<AbiSide> ReadAsync(SideRequest request, CancellationToken cancellation)
    {
        var names = request.Names ?? throw new SideException(
            $"'{Word}' reports numbers without names: compare it with a header or a model, or name one with --names-of.");
        var (records, silence) = await RecordsAsync(names, cancellation);
        var asked = LiveModel.IsUserfaultfd(names);
        if (!asked && records is null)
            throw new SideException($"'{Word}' is asked through userfaultfd only, which {names.Header} does not describe, and {silence}.");

        var spec = records ?? new AbiSpec { Header = names.Header, PointerSize = IntPtr.Size };
        return new(Word, asked ? LiveModel.AddTo(spec, LiveAnswers.Parse(Ask().ToFacts()), names) : spec)
        {
            Coverage = LiveModel.Coverage(records: records is not null, answers: asked, BtfModel.Coverage.Unknown, because: silence),
        };
    }

    /// <exception cref="NotPermittedException">userfaultfd is closed to this user.</exception>
    /// <exception cref="SideException">It fails for another reason: the kernel has none, or this process has no descriptor left.</exception>
    private static LiveAbi Ask()
    {
        try
        {
            return LiveAbi.Probe();
        }
        catch (UserfaultfdException exception)
        {
            throw Explain(exception);
        }
    }

    /// <summary>Only a refusal is a matter of permission.</summary>
    internal static Exception Explain(UserfaultfdException exception) => exception.Errno is Errno.EPERM or Errno.EACCES
        ? new NotPermittedException(exception)
        : new SideException($"'{Word}': the kernel cannot be asked: {exception.Message}", exception);

    /// <summary>The kernel's own types; null with the reason where they cannot be had.</summary>
    private static async Task<(AbiSpec? Records, string Silence)> RecordsAsync(AbiSpec names, CancellationToken cancellation)
    {
        if (!File.Exists(KernelBtf))
            return (null, "the kernel was built without CONFIG_DEBUG_INFO_BTF, so its types are not to be seen");
        try
        {
            return (await BtfSide.ReadAsync(KernelBtf, names, cancellation), "");
        }
        catch (ProgramMissingException exception)
        {
            return (null, exception.Message.TrimEnd('.'));
        }
    }
}

/// <summary>The running kernel does not let this user ask it: exit code 10.</summary>
public sealed class NotPermittedException(UserfaultfdException inner) : Exception(
    $"The running kernel cannot be asked: {inner.Message}\n"
    + "Neither userfaultfd(2) nor /dev/userfaultfd lets this user in. A container's seccomp profile refuses the call whatever the sysctl says: run this outside of it, "
    + "or give this user read and write access to /dev/userfaultfd.", inner);
