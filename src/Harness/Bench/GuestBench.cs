using System.Globalization;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>A kernel with the suite published for it.</summary>
/// <param name="Name">The kernel's name in every result.</param>
/// <param name="BzImage">The bootable image.</param>
/// <param name="Payload">The published suite.</param>
/// <param name="Profile">Content of <c>profile.json</c>.</param>
internal sealed record BenchKernel(string Name, string BzImage, string Payload, string Profile);

/// <summary>
/// What the benchmarks of guests share: they boot what the harness boots, without judging it and without touching its results.
/// </summary>
/// <param name="engine">Runs the guests.</param>
/// <param name="images">The guest images.</param>
/// <param name="workFolder">Holds payload and logs; whoever names it removes it.</param>
/// <param name="accelerator">What the guests run in.</param>
internal sealed class GuestBench(ContainerEngine engine, GuestImages images, string workFolder, Accelerator accelerator)
{
    private readonly GuestRunner _runner = new(engine, images);

    public Accelerator Accelerator => accelerator;

    /// <summary>Boots the kernel and runs its suite, or what else the arguments ask of it.</summary>
    /// <exception cref="GuestException">The guest's program did not come to its end.</exception>
    internal Task<GuestRun> RunAsync(BenchKernel kernel, PhaseScope phase, CancellationToken cancellation, params string[] arguments) =>
        RunAsync(kernel, new Deadlines(), [], phase, cancellation, arguments);

    /// <inheritdoc cref="RunAsync(BenchKernel, PhaseScope, CancellationToken, string[])"/>
    internal async Task<GuestRun> RunAsync(
        BenchKernel kernel, Deadlines deadlines, IReadOnlyList<string> kernelArguments, PhaseScope phase, CancellationToken cancellation,
        params string[] arguments)
    {
        var scale = accelerator.DeadlineFactor;
        var payload = Path.Combine(workFolder, "payload");
        PayloadFolder.Create(
            kernel.Payload, kernel.Profile,
            [
                .. PayloadFolder.Arguments([], SuiteRounds.Once, [], Deadlines.TestSeconds(scale), deadlines.RunSeconds(scale)),
                .. arguments,
            ], payload);
        var run = await _runner.RunAsync(
            new GuestRequest
            {
                Kernel = kernel.Name, Run = kernel.Name, BzImage = kernel.BzImage, Payload = payload,
                Accelerator = accelerator, Deadlines = deadlines, LogFolder = workFolder,
                KernelArguments = kernelArguments,
            },
            new NestedProgress(phase), cancellation);
        // 1 is a failed test, and a kernel whose suite fails can be measured all the same.
        return run.Evidence.Record.Exit is { Code: 0 or 1 }
            ? run
            : throw new GuestException($"The guest with {kernel.Name} did not get to its end, so there is nothing to measure. See what 'faultline test --variant {kernel.Name} --fresh' says.");
    }

    /// <summary>
    /// The same QEMU with the same kernel and arguments, but nothing in it: no disks, no runtime, an init that writes one line.
    /// </summary>
    internal async Task<BareBoot> BootAsync(BenchKernel kernel, PhaseScope phase, CancellationToken cancellation)
    {
        var limit = (int)(60 * accelerator.DeadlineFactor);
        var guest = new GuestCommand(accelerator.Used, limit, limit, limit) { KernelArguments = ["faultline.probe"] };
        var watch = new BareBootWatch();
        var exit = await engine.Containers.RunAsync(
            await SpecificationAsync(
                kernel, "bare-boot", guest.Words, cancellation) with { Environment = guest.Environment },
            line =>
            {
                watch.Line(line.Text);
                phase.Output(line.Text);
            }, cancellation);
        return watch.Result ?? throw new GuestException(
            $"{kernel.Name} did not reach an init that only writes a line (the container ended with exit code {exit.Code}):\n{string.Join('\n', exit.Tail.TakeLast(10))}");
    }

    /// <summary>A container with the same image, volume and files that writes one line: what starting any of them costs.</summary>
    /// <returns>Seconds to the line.</returns>
    internal async Task<double> ContainerAsync(BenchKernel kernel, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        double? first = null;
        await engine.Containers.RunCheckedAsync(
            await SpecificationAsync(kernel, "bare-container", ["/bin/echo", "alive"], cancellation),
            _ => first ??= clock.Elapsed.TotalSeconds, cancellation);
        return first ?? clock.Elapsed.TotalSeconds;
    }

    private async Task<ContainerSpec> SpecificationAsync(BenchKernel kernel, string purpose, string[] command, CancellationToken cancellation) => new()
    {
        Image = images.Runner.Tag,
        Purpose = purpose,
        Phase = Phase.Measure,
        Command = command,
        Mounts =
        [
            ContainerMount.OfVolume(await images.EnsureAsync(kernel.Name, new SilentProgress(), cancellation), "/guest", readOnly: true),
            ContainerMount.Tmpfs("/tmp", 512L << 20),
        ],
        Devices = accelerator.Used == AcceleratorKind.Kvm ? [AcceleratorProbe.Device] : [],
        Groups = accelerator.Used == AcceleratorKind.Kvm ? await AcceleratorProbe.DeviceGroupsAsync() : [],
        Inputs = [ContainerInput.FromHost(kernel.BzImage, "/input/bzImage")],
        Deadline = TimeSpan.FromMinutes(5),
    };
}
