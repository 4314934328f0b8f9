using Faultline.Harness.Progress;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Guest;

/// <summary>
/// Does to the guest's container what a careless user does, or to QEMU what its own bugs do, once the guest's first test runs.
/// </summary>
internal sealed class EndGuest(EngineFixture engines, string kernel, string how, int times = 1) : IProgress<HarnessEvent>
{
    private int _done;

    public void Report(HarnessEvent value)
    {
        if (value is PhaseStarted { Phase: Phase.Test } && Interlocked.Increment(ref _done) <= times)
            _ = Task.Run(() => how switch
            {
                "remove" => engines.RemoveContainersAsync(kernel),
                "kill" => engines.KillAsync(kernel),
                "crash" => engines.KillAsync(kernel, "qemu", "SEGV"),
                _ => engines.KillAsync(kernel, "qemu"),
            });
    }
}
