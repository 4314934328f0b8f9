using Faultline.Harness.Progress;

namespace Faultline.Harness;

/// <summary>Where things lie in a checkout of Faultline.</summary>
/// <param name="root">The folder that holds linux-patch and images.</param>
/// <param name="artifacts">Where results go; <c>artifacts</c> below the root unless said otherwise.</param>
internal sealed class Checkout(string root, string? artifacts = null)
{
    public string Root { get; } = root;

    public string Artifacts { get; } = artifacts ?? Path.Combine(root, "artifacts");

    public string LinuxPatch => Path.Combine(Root, "linux-patch");

    /// <summary>What was said about the variants, and what must be seen for it to hold.</summary>
    public string Argument => Path.Combine(LinuxPatch, "argument.toml");

    /// <summary>Figures of the feature that came with the checkout, for whoever has not measured yet.</summary>
    public string CommittedFigures => Path.Combine(LinuxPatch, "figures.json.gz");

    public string Images => Path.Combine(Root, "images");

    /// <summary>The fragments that <c>--config</c> knows by name.</summary>
    public string Fragments => Path.Combine(LinuxPatch, "kconfig");

    public string GuestConfig => Path.Combine(Fragments, "guest.config");

    /// <summary>Holds a folder of results for each kernel.</summary>
    public string Kernels => Path.Combine(Artifacts, "kernels");

    /// <summary>Holds the published suites.</summary>
    public string Payloads => Path.Combine(Artifacts, "payload");

    /// <summary>Holds the programs of other suites, as they were built.</summary>
    public string Suites => Path.Combine(Artifacts, "suites");

    /// <summary>Holds a folder of logs for each run of a suite.</summary>
    public string Guests => Path.Combine(Artifacts, "guest");

    /// <summary>Holds for each developer's tree a copy of what it stands on, and its changes as patches.</summary>
    public string Trees => Path.Combine(Artifacts, "trees");

    /// <summary>What benchmarks measured.</summary>
    public string Benchmarks => Path.Combine(Artifacts, "bench");

    /// <summary>The report of <c>faultline run</c>.</summary>
    public string Report => Path.Combine(Artifacts, "report");

    /// <summary>The report of <c>faultline test</c>.</summary>
    public string ReportOfTest => Path.Combine(Artifacts, "report-test");

    /// <summary>The report of <c>faultline test --kernel running</c>.</summary>
    public string ReportOfRunning => Path.Combine(Artifacts, "report-running");

    /// <summary>Images of the trees in the middle of a series, until they have been booted.</summary>
    /// <param name="kernel">The name of its KernelId.</param>
    public string CheckedImages(string kernel) => Path.Combine(Artifacts, "check", kernel);

    /// <summary>Logs as they are written; the report keeps copies, for its folder is replaced whole.</summary>
    public string LogFolder => Path.Combine(Artifacts, "logs");

    /// <summary>What was made of one kernel.</summary>
    /// <param name="kernel">The name of its KernelId, which no other kernel has.</param>
    public string KernelFolder(string kernel) => Path.Combine(Kernels, kernel);

    /// <summary>The log of one step of one kernel.</summary>
    public string LogFile(string kernel, string step) => Path.Combine(LogFolder, $"{kernel}.{step}.log");

    /// <summary>What a phase of making a kernel printed when it last had something to do.</summary>
    public string LogOf(string kernel, Phase phase) => LogFile(kernel, phase.ToString().ToLowerInvariant());
}
