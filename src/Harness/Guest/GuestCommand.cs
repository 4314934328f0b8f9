using System.Globalization;
using Faultline.Harness.Identity;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>The runner's script that boots a guest, with its arguments: <c>images/guest-runner/scripts/run-guest</c>.</summary>
/// <param name="Accelerator">What executes the guest.</param>
/// <param name="Boot">Seconds to user space.</param>
/// <param name="Run">Seconds of the guest's own watchdog.</param>
/// <param name="Off">Seconds from the suite's end to a machine that is off.</param>
internal sealed record GuestCommand(AcceleratorKind Accelerator, int Boot, int Run, int Off)
{
    private const string Program = "/opt/faultline/run-guest";

    public Architecture Architecture { get; init; } = Architecture.X86;

    public int MemoryMiB { get; init; } = GuestDefaults.MemoryMiB;

    public int Processors { get; init; } = GuestDefaults.Processors;

    /// <summary>Added to the kernel's command line.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>The suite that stands ready and waits for its orders; null for one that is told by its payload.</summary>
    public StandingSuite? Standing { get; init; }

    /// <summary>Seconds without a word of the suite after which it is taken for one that hangs; null where it may be silent.</summary>
    public int? Silence { get; init; }

    public string[] Words =>
        [Program, Accelerator.Name(), Text(Boot), Text(Run), Text(Off), Text(MemoryMiB), Text(Processors), .. KernelArguments];

    /// <summary>What the script is told of the architecture.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var environment = new Dictionary<string, string>(EnvironmentOf(Architecture));
            if (Standing is { } suite)
                (environment["SNAPSHOT"], environment["START"]) = (suite.Snapshot, suite.Start.Name());
            if (Silence is { } seconds)
                environment["SILENCE"] = Text(seconds);
            return environment;
        }
    }

    public static IReadOnlyDictionary<string, string> EnvironmentOf(Architecture architecture) => new Dictionary<string, string>
    {
        ["QEMU"] = architecture.Qemu, ["MACHINE"] = architecture.Machine, ["CONSOLE"] = architecture.Console,
        ["TERMINAL"] = architecture.Terminal,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
