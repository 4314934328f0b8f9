using System.Collections.Immutable;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Bench;

/// <summary>
/// One boot with the suite, beside a bare boot of the same kernel, and beside the same tests on the machine's own kernel. Both pairs come from
/// the same guests.
/// </summary>
/// <param name="bench">Where.</param>
/// <param name="kernel">The kernel to boot.</param>
/// <param name="host">Runs the suite on the machine's own kernel; null leaves that pair out.</param>
/// <param name="boot">Whether the pair about booting is asked for.</param>
internal sealed class SuiteBench(GuestBench bench, BenchKernel kernel, Func<PhaseScope, CancellationToken, Task<RunRecord>>? host, bool boot) : IBenchmark
{
    private readonly PartTable _bootParts = new();
    private readonly PartTable _suiteParts = new();
    private readonly List<double> _firstTest = [], _alive = [], _guest = [], _host = [];
    private int _common;

    public string Key => boot ? host is null ? "boot" : "boot, suite" : "suite";

    /// <summary>Runs everything once: file caches are warm and images made when the first repetition begins.</summary>
    public async Task PrepareAsync(PhaseScope phase, CancellationToken cancellation)
    {
        await bench.RunAsync(kernel, phase, cancellation);
        if (host is not null)
            await host(phase, cancellation);
    }

    public async Task MeasureAsync(PhaseScope phase, CancellationToken cancellation)
    {
        var run = await bench.RunAsync(kernel, phase, cancellation);
        var times = GuestTimes.Of(run);
        if (boot)
        {
            var bare = await bench.BootAsync(kernel, phase, cancellation);
            AddBoot(times, bare, await bench.ContainerAsync(kernel, cancellation));
        }

        if (host is not null)
            AddSuite(run.Evidence.Record, await host(phase, cancellation), times);
    }

    public ImmutableArray<PairReport> Pairs() => [.. Found()];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void AddBoot(GuestTimes times, BareBoot bare, double container)
    {
        _firstTest.Add(times.FirstTest);
        _alive.Add(bare.Seconds);
        _bootParts.Measured("container", container);
        _bootParts.Beside("container", container);
        _bootParts.Measured("QEMU and its disks, to the kernel's first instruction", times.KernelStart - container);
        _bootParts.Beside("QEMU and its disks, to the kernel's first instruction", bare.Seconds - bare.KernelSeconds - container);
        _bootParts.Measured("kernel, to a guest that is set up", times.GuestReady - times.KernelStart);
        _bootParts.Beside("kernel, to a guest that is set up", bare.KernelSeconds);
        _bootParts.Measured("the suite, to its first line", times.SuiteStart - times.GuestReady);
        _bootParts.Measured("finding the tests", times.FirstTest - times.SuiteStart);
    }

    private void AddSuite(RunRecord guest, RunRecord machine, GuestTimes times)
    {
        var (inGuest, onHost, count) = Common(guest, machine);
        if (count == 0)
            throw new GuestException($"No test passed both on {kernel.Name} and on this machine's kernel, so there is nothing to compare. See 'faultline test --kernel running'.");
        _common = count;
        _guest.Add(inGuest);
        _host.Add(onHost);
        _suiteParts.Measured("container and boot, to the first test", times.FirstTest);
        _suiteParts.Measured("all tests of the kernel's suite", times.SuiteEnd - times.FirstTest);
        _suiteParts.Measured("power off, logs, container removed", times.Gone - times.SuiteEnd);
    }

    /// <summary>Seconds of the tests that passed in both.</summary>
    internal static (double Guest, double Host, int Count) Common(RunRecord guest, RunRecord host)
    {
        var passed = host.Results.Where(result => result.Outcome == TestOutcome.Passed).ToDictionary(result => result.Id, StringComparer.Ordinal);
        var common = guest.Results.Where(result => result.Outcome == TestOutcome.Passed && passed.ContainsKey(result.Id)).ToList();
        return (common.Sum(result => result.Seconds), common.Sum(result => passed[result.Id].Seconds), common.Count);
    }

    private IEnumerable<PairReport> Found()
    {
        if (boot)
        {
            yield return new PairReport
            {
                Key = "boot",
                Title = $"{kernel.Name}, boot",
                Measured = new Side("container to the suite's first test", Sample.Of(_firstTest)),
                Beside = new Side("container to an init that writes one line", Sample.Of(_alive)),
                Parts = _bootParts.ToParts(),
                Note = "both sides have the same kernel, QEMU arguments and container; the bare one has no disks.",
            };
        }

        if (host is not null)
        {
            yield return new PairReport
            {
                Key = "suite",
                Title = $"{_common} tests that pass in both",
                Measured = new Side($"in the guest, {kernel.Name}", Sample.Of(_guest)),
                Beside = new Side("on this machine's own kernel", Sample.Of(_host)),
                Parts = _suiteParts.ToParts(),
                Note = $"the parts are those of the whole run in the guest ({bench.Accelerator.Used.Name()}).",
            };
        }
    }
}
