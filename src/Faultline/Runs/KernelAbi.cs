using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Runs;

/// <summary>The ABI model of a built kernel, and whether the one committed with the series still says the same.</summary>
/// <param name="ModelPath">The model of this build, <c>artifacts/kernels/ID/userfaultfd.abi.json</c>.</param>
/// <param name="Stale">What differs from what is committed, and what to do; null when it agrees or nothing is committed.</param>
internal sealed record KernelAbi(string ModelPath, AbiSpec Model, string? Stale)
{
    public const string FileName = CommittedAbi.ModelName;

    /// <summary>
    /// Reads the header that <c>make headers_install</c> of the built tree gave, against the headers that were
    /// installed with it.
    /// </summary>
    public static AbiSpec Extract(BuiltKernel kernel) => HeaderExtractor.Extract(new HeaderRequest
    {
        Path = kernel.UapiHeader,
        Target = kernel.Id.Architecture.Triple,
        IncludeDirectories = [kernel.UapiHeaders],
        IncludeName = "linux/userfaultfd.h",
    });

    public static KernelAbi Of(BuiltKernel kernel, CommittedAbi committed, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        using var phase = new PhaseScope(progress, kernel.Name, Phase.Model, "", cancellation: cancellation);
        var path = Path.Combine(kernel.Folder, FileName);

        AbiSpec model;
        try
        {
            model = Extract(kernel);
        }
        catch (LibclangMissingException) when (File.Exists(committed.Model))
        {
            model = AbiFile.Parse(File.ReadAllText(committed.Model));
            OutputFile.Write(path, AbiFile.Format(model));
            phase.Succeed(reason: "libclang is missing: took the committed model unchecked (apt install libclang-dev)");
            return new KernelAbi(path, model, null);
        }

        var text = AbiFile.Format(model);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            OutputFile.Write(path, text);
        var stale = committed.Stale(text, path);
        phase.Succeed(reason: stale is null ? "header read, model and drift agree with the committed ones" : "what is committed is stale");
        return new KernelAbi(path, model, stale);
    }
}
