using System.CommandLine;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.Cli.Pipeline;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Prerequisites;
using Faultline.Harness.Progress;
using Spectre.Console;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline doctor</c>: what is here, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "say what this machine has, what it lacks and how to get it") { CommonOptions.Json };
        command.SetAction(RunAsync);
        return command.With("faultline doctor", "faultline doctor --json | jq '.[] | select(.satisfied | not)'");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var workspace = Workspace.FindOrNull(parsed.GetValue(CommonOptions.Root));
        using var lazy = new LazyEngine();
        var engine = await PrerequisiteChecks.EngineAsync(lazy.ConnectAsync, cancellation);
        var root = engine.Satisfied ? (await lazy.ConnectAsync(cancellation)).Facts.RootFolder : null;
        Prerequisite[] found =
        [
            await PrerequisiteChecks.SdkAsync(cancellation),
            engine,
            PrerequisiteChecks.Disk(root, workspace?.Artifacts ?? Environment.CurrentDirectory),
            PrerequisiteChecks.LibClang(() => LibclangLocator.Description),
            await PrerequisiteChecks.MmdebstrapAsync(cancellation),
            await PrerequisiteChecks.BpftoolAsync(cancellation),
            await PrerequisiteChecks.PaholeAsync(cancellation),
            await KvmAsync(workspace, engine.Satisfied, lazy, cancellation),
        ];

        if (parsed.GetValue(CommonOptions.Json))
            Console.Out.Write(JsonResults.Of(found));
        else
            Print(found);
        return found.All(item => item.Satisfied || !item.Required) ? ExitCodes.Ok : ExitCodes.Infrastructure;
    }

    private static async Task<Prerequisite> KvmAsync(Workspace? workspace, bool hasEngine, LazyEngine lazy, CancellationToken cancellation)
    {
        if (!hasEngine)
            return Prerequisite.Miss("KVM", "not probed: that needs the engine", "Get the engine first.", required: false);
        return workspace is null
            ? Prerequisite.Miss("KVM", "not probed: that needs a kernel of a Faultline checkout", "Run it in a checkout, or with --root DIR.", required: false)
            : await PrerequisiteChecks.KvmAsync(token => KvmBootsAsync(workspace, lazy, token), cancellation);
    }

    private static void Print(IReadOnlyList<Prerequisite> found)
    {
        foreach (var item in found)
        {
            var mark = item.Satisfied ? "ok  " : item.Required ? "MISS" : "note";
            Consoles.Out.WriteLine($"{mark}  {item.Name,-17} {item.Found}");
            if (item.Advice is not null)
                Consoles.Out.WriteLine($"{"",24}{item.Advice}");
        }
    }

    /// <summary>A real boot, bounded: the device node exists on many machines whose guests hang.</summary>
    private static async Task<bool> KvmBootsAsync(Workspace workspace, LazyEngine lazy, CancellationToken cancellation)
    {
        var kernel = workspace.Layout.KernelFolder("base");
        var image = Path.Combine(kernel, "bzImage");
        if (!File.Exists(image))
            throw new InvalidOperationException("no kernel to boot yet; 'faultline kernel build' makes one");
        var engine = await lazy.ConnectAsync(cancellation);
        using var images = new GuestImages(engine, workspace.Layout.Images);
        var probe = new AcceleratorProbe(engine, images, Path.Combine(workspace.Artifacts, "guest"));
        var chosen = await probe.ChooseAsync(AcceleratorChoice.Auto, image, "doctor", new SilentProgress(), cancellation);
        return chosen.Used == "kvm";
    }
}
