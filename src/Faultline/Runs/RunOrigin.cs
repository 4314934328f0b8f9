using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using Faultline.AbiExtractor.Clang;
using Faultline.Harness;
using Faultline.Harness.Bench;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;
using Faultline.Machine;

namespace Faultline.Cli.Runs;

/// <summary>Gathers how a run came about: most of it when the run begins, the tools when they were used.</summary>
internal static class RunOrigin
{
    private const string CompilerMark = "CONFIG_CC_VERSION_TEXT=\"";

    /// <param name="checkout">Where it runs.</param>
    /// <param name="words">The words of the command line, without the program.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<RunFacts> BeginAsync(Checkout checkout, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        return new RunFacts
        {
            Command = [.. words],
            Repeat = $"cd {ShellText.Quote(Environment.CurrentDirectory)} && {ShellText.Join([.. Program(checkout), .. words])}",
            Folder = Environment.CurrentDirectory,
            Version = typeof(RunOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown",
            Revision = await RevisionAsync(checkout.Root, cancellation),
            Machine = MachineFacts.Gather(engine: null),
        };
    }

    /// <summary>Adds what is known only in the end. A tool that nothing was asked of is left out.</summary>
    public static RunFacts End(RunFacts begun, string? engine, string? qemu)
    {
        var tools = new Dictionary<string, string?>
        {
            ["dotnet"] = RuntimeInformation.FrameworkDescription, ["engine"] = engine, ["libclang"] = LibclangLocator.Loaded,
                ["qemu"] = qemu,
        };
        return begun with
        {
            Tools = tools.Where(tool => tool.Value is not null)
                .ToImmutableSortedDictionary(tool => tool.Key, tool => tool.Value!, StringComparer.Ordinal),
            Machine = begun.Machine! with { Engine = engine },
        };
    }

    /// <summary>Says what a kernel was made of.</summary>
    /// <param name="report">The kernel's part of the report.</param>
    /// <param name="kernel">What was built; nothing was of this machine's own kernel.</param>
    /// <param name="tree">The user's tree it was built from; null for the variant's base.</param>
    /// <param name="cancellation">Ends the reading of patches.</param>
    public static async Task<KernelReport> AddToAsync(KernelReport report, PreparedKernel kernel, string? tree,
        CancellationToken cancellation)
    {
        report = report with { Inputs = ObservedInputs.Of(kernel) };
        if (kernel.Planned.Prebuilt is { } prebuilt)
            return report with { Source = new SourceReport(prebuilt.File, prebuilt.Release) };
        if (kernel.Planned.Request is null)
            return report;
        var patches = kernel.Planned.Variant.Series.Patches;
        var subjects = kernel.Kernel?.Subjects ?? await PatchSubjects.OfAsync(patches, cancellation);
        return report with
        {
            Source = new SourceReport(tree ?? kernel.Planned.Variant.Base.ToString()!, kernel.Kernel?.SourceVersion),
            Patches = [.. patches.Zip(subjects, (patch, subject) => new PatchReport(Path.GetFileName(patch), subject))],
            Compiler = kernel.Kernel is { } built && File.Exists(built.Config)
                ? File.ReadLines(built.Config).FirstOrDefault(line =>
                    line.StartsWith(CompilerMark, StringComparison.Ordinal))?[CompilerMark.Length..].TrimEnd('"')
                : null,
        };
    }

    /// <summary>The command as a person starts it: what <c>./build.sh</c> publishes, or whatever runs now.</summary>
    private static string[] Program(Checkout checkout)
    {
        const string Published = "artifacts/bin/faultline";
        var published = Path.Combine(checkout.Root, Published);
        if (AppContext.BaseDirectory.StartsWith(Path.Combine(checkout.Artifacts, "bin"), StringComparison.Ordinal)
            && File.Exists(published))
            return [Environment.CurrentDirectory == checkout.Root ? Published : published];
        var self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet" ? [self, Path.Combine(AppContext.BaseDirectory, "faultline.dll")]
            : [self];
    }

    private static async Task<string?> RevisionAsync(string root, CancellationToken cancellation)
    {
        if (HostProgram.Git.Find() is not { } git)
            return null;
        // A hook or a rebase that runs this command points git at its own repository.
        var answer = await CliWrap.Cli.Wrap(git)
            .WithArguments(["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-C",
                root, "describe", "--always", "--tags", "--dirty"])
            .WithEnvironmentVariables(environment => environment
                .Set("GIT_DIR", null).Set("GIT_WORK_TREE", null).Set("GIT_INDEX_FILE", null).Set("GIT_OPTIONAL_LOCKS", "0"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellation);
        return answer.ExitCode == 0 && answer.StandardOutput.Trim() is { Length: > 0 } name ? name : null;
    }
}
