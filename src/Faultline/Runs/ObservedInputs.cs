using System.Globalization;
using Faultline.Harness;
using Faultline.Harness.Guest;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>
/// What a kernel's observations rest on: the kernel, the suite, and the feature that the suite asks for. What is expected changes
/// nothing in what is observed, and is not among it.
/// </summary>
internal static class ObservedInputs
{
    /// <summary>The inputs of a kernel that was tested now; null for one that was not.</summary>
    public static Stamp? Of(PreparedKernel prepared) => prepared.Payload is not { } payload ? null : prepared.Kernel is not { } kernel
        ? Stamp(There(prepared.Planned), payload.Key, prepared.Planned.Variant)
        : KernelState.InputsOf(kernel.Folder) is { } made ? Stamp(made.Inputs, payload.Key, prepared.Planned.Variant) : null;

    /// <summary>
    /// As a run would have it now, as far as that can be told without building anything; a tree's content is that of the last build.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="checkout">Where its results lie.</param>
    public static Stamp? Now(PlannedKernel kernel, Checkout checkout)
    {
        using var publisher = new PayloadPublisher(checkout);
        if (kernel.Request is not { } request)
            return Stamp(There(kernel), publisher.KeyOf(kernel.CommittedModel), kernel.Variant);
        var folder = checkout.KernelFolder(kernel.Id);
        var model = Path.Combine(folder, KernelAbi.FileName);
        if (KernelState.InputsOf(folder) is not { } made || !File.Exists(model))
            return null;
        var inputs = KernelInputs.Of(checkout, request, KconfigFragment.Read(request.Fragments), made[KernelInputs.Source] ?? "");
        return Stamp(inputs.Inputs, publisher.KeyOf(model), kernel.Variant);
    }

    private static Stamp Stamp(IEnumerable<Input> kernel, string suite, Variant variant) => new(
        kernel.Append(Input.Of("suite", suite))
            .Append(Input.Of("feature", string.Create(CultureInfo.InvariantCulture, $"{variant.Feature} {variant.FeatureBit}").Trim())));

    /// <summary>A kernel that Faultline did not build.</summary>
    private static IEnumerable<Input> There(PlannedKernel kernel) => kernel.Prebuilt is { } prebuilt
        ? [Input.OfFile("kernel", prebuilt.Image)] : [Input.Of("kernel", $"{Word("osrelease")} {Word("version")}")];

    private static string Word(string name) => File.ReadAllText($"/proc/sys/kernel/{name}").Trim();
}
