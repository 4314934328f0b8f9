using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using Faultline.AbiExtractor.Clang;
using Faultline.Harness;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Pipeline;

/// <summary>Gathers how a run came about: most of it when the run begins, the tools when they were used.</summary>
internal static class RunOrigin
{
    private const string CompilerMark = "CONFIG_CC_VERSION_TEXT=\"";

    public static async Task<RunFacts> BeginAsync(Workspace workspace, CancellationToken cancellation)
    {
        ImmutableArray<string> words = [.. Environment.GetCommandLineArgs().Skip(1)];
        return new RunFacts
        {
            Command = words,
            Repeat = $"cd {ShellText.Quote(Environment.CurrentDirectory)} && {ShellText.Join([.. Program(workspace), .. words])}",
            Folder = Environment.CurrentDirectory,
            Version = typeof(RunOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            Revision = await RevisionAsync(workspace.Root, cancellation),
            Machine = MachineFacts.Gather(engine: null),
        };
    }

    /// <summary>Adds what is known only in the end. A tool that nothing was asked of is left out.</summary>
    public static RunFacts End(RunFacts begun, string? engine, string? qemu)
    {
        var tools = new Dictionary<string, string?>
        {
            ["dotnet"] = RuntimeInformation.FrameworkDescription, ["engine"] = engine, ["libclang"] = LibclangLocator.Loaded, ["qemu"] = qemu,
        };
        return begun with
        {
            Tools = tools.Where(tool => tool.Value is not null).ToImmutableSortedDictionary(tool => tool.Key, tool => tool.Value!, StringComparer.Ordinal),
            Machine = begun.Machine! with { Engine = engine },
        };
    }

    /// <summary>Says what a kernel was made of.</summary>
    /// <param name="report">The kernel's part of the report.</param>
    /// <param name="outcome">What happened to it.</param>
    /// <param name="tree">The user's tree it was built from; null for the variant's base.</param>
    /// <param name="cancellation">Ends the reading of patches.</param>
    public static async Task<KernelReport> AddToAsync(KernelReport report, KernelOutcome outcome, string? tree, CancellationToken cancellation)
    {
        var patches = ImmutableArray.CreateBuilder<PatchReport>();
        foreach (var patch in outcome.Variant.Series.Patches)
            patches.Add(new PatchReport(Path.GetFileName(patch), await PatchSubjects.OfAsync(patch, cancellation)));
        return report with
        {
            Source = new SourceReport(tree ?? outcome.Variant.Base.ToString()!, outcome.Kernel?.SourceVersion),
            Patches = patches.ToImmutable(),
            Compiler = outcome.Kernel is { } kernel && File.Exists(kernel.Config)
                ? File.ReadLines(kernel.Config).FirstOrDefault(line => line.StartsWith(CompilerMark, StringComparison.Ordinal))?[CompilerMark.Length..].TrimEnd('"')
                : null,
        };
    }

    /// <summary>The command as a person starts it: what <c>./build.sh</c> publishes, or whatever runs now.</summary>
    private static string[] Program(Workspace workspace)
    {
        const string Published = "artifacts/bin/faultline";
        var published = Path.Combine(workspace.Root, Published);
        if (AppContext.BaseDirectory.StartsWith(Path.Combine(workspace.Artifacts, "bin"), StringComparison.Ordinal) && File.Exists(published))
            return [Environment.CurrentDirectory == workspace.Root ? Published : published];
        var self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet" ? [self, Path.Combine(AppContext.BaseDirectory, "faultline.dll")] : [self];
    }

    private static async Task<string?> RevisionAsync(string root, CancellationToken cancellation)
    {
        try
        {
            // A hook or a rebase that runs this command points git at its own repository.
            var answer = await CliWrap.Cli.Wrap("git")
                .WithArguments(["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-C", root, "describe", "--always", "--tags", "--dirty"])
                .WithEnvironmentVariables(environment => environment.Set("GIT_DIR", null).Set("GIT_WORK_TREE", null).Set("GIT_INDEX_FILE", null).Set("GIT_OPTIONAL_LOCKS", "0"))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            return answer.ExitCode == 0 && answer.StandardOutput.Trim() is { Length: > 0 } name ? name : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
