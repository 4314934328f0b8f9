using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Bench;

/// <summary>What the benchmarks of kernel builds share. Their results go to a folder of their own, not among the user's kernels.</summary>
/// <param name="Root">The repository.</param>
/// <param name="WorkFolder">Holds what is built; whoever names it removes it.</param>
/// <param name="Connect">Gives the engine.</param>
internal sealed record KernelBench(string Root, string WorkFolder, Func<CancellationToken, Task<ContainerEngine>> Connect)
{
    internal Checkout Checkout => new(Root, WorkFolder);

    internal KernelBuilder Builder => new(Checkout, Connect);

    internal async Task<BareMake> MakeAsync(KernelRequest request, CancellationToken cancellation) =>
        new(await Connect(cancellation), Checkout, request);

    /// <summary>Every phase of a build, in seconds. The image is left out: fetching packages measures the network.</summary>
    internal static IEnumerable<(string Name, double Seconds)> Phases(BuiltKernel kernel) =>
        kernel.Phases.Where(phase => phase.Phase != Phase.Image).Select(phase => (NameOf(phase.Phase), phase.Seconds));

    internal static string NameOf(Phase phase) => phase switch
    {
        Phase.Source => "source",
        Phase.Apply => "apply the series",
        Phase.Configure => "configure",
        Phase.Build => "make",
        Phase.Extract => "headers and results",
        _ => phase.ToString().ToLowerInvariant(),
    };

    /// <summary>Deletes this kernel's results, so that the next build starts from nothing.</summary>
    internal void ForgetResults(KernelRequest request)
    {
        var folder = Checkout.KernelFolder(request.Id.Name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
