using System.CommandLine;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Identity;
using Faultline.Harness.Prerequisites;
using Faultline.Harness.Progress;
using Faultline.Machine;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline doctor</c>: what is here, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    /// <summary>Columns of mark and name.</summary>
    private const int Indent = 24;

    public static Command Create()
    {
        var command = new Command("doctor", "say what this machine has, what it lacks and how to get it") { CommonOptions.Json };
        command.SetAction(RunAsync);
        return command.With("faultline doctor", "faultline doctor --json | jq '.[] | select(.satisfied | not)'");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var checkout = CheckoutFinder.FindOrNull(parsed.GetValue(CommonOptions.Root));
        using var lazy = new LazyEngine();
        var engine = await PrerequisiteChecks.EngineAsync(lazy.ConnectAsync, cancellation);
        var root = engine.Satisfied ? (await lazy.ConnectAsync(cancellation)).Facts.RootFolder : null;
        Prerequisite[] found =
        [
            await PrerequisiteChecks.SdkAsync(cancellation),
            await PrerequisiteChecks.LinkerAsync(name => new HostProgram(name, name).Find(), cancellation),
            engine,
            PrerequisiteChecks.Disk(root, checkout?.Artifacts ?? Environment.CurrentDirectory),
            PrerequisiteChecks.LibClang(() => LibclangLocator.Description),
            await PrerequisiteChecks.MmdebstrapAsync(cancellation),
            await PrerequisiteChecks.BpftoolAsync(cancellation),
            await PrerequisiteChecks.PaholeAsync(cancellation),
            await KvmAsync(checkout, engine.Satisfied, lazy, cancellation),
        ];

        if (parsed.GetValue(CommonOptions.Json))
            Console.Out.Write(JsonResults.Of(found));
        else
            Print(found);
        return found.All(item => item.Satisfied || !item.Required) ? ExitCodes.Ok : ExitCodes.Infrastructure;
    }

    /// <summary>A real boot, bounded: the device node exists on many machines whose guests hang.</summary>
    private static async Task<Prerequisite> KvmAsync(Checkout? checkout, bool hasEngine, LazyEngine lazy, CancellationToken cancellation)
    {
        if (!hasEngine)
            return NotProbed("that needs the engine", "Get the engine first.");
        if (checkout is null)
            return NotProbed("that needs a kernel of a Faultline checkout", "Run it in a checkout, or with --root DIR.");
        var image = Path.Combine(checkout.KernelFolder("base"), Architecture.X86.Image);
        if (!File.Exists(image))
            return NotProbed("there is no kernel to boot yet", "'faultline kernel build' makes one; then ask again. A run probes by itself.");
        return await PrerequisiteChecks.KvmAsync(async token =>
        {
            var engine = await lazy.ConnectAsync(token);
            using var images = new GuestImages(engine, checkout.Images);
            return await new AcceleratorProbe(engine, images, checkout.Guests)
                .AskAgainAsync(image, "doctor", new SilentProgress(), token);
        }, cancellation);
    }

    private static Prerequisite NotProbed(string reason, string advice) => Prerequisite.Miss("KVM", $"not probed: {reason}", advice, required: false);

    private static void Print(IReadOnlyList<Prerequisite> found)
    {
        foreach (var item in found)
        {
            var mark = item.Satisfied ? "ok  " : item.Required ? "MISS" : "note";
            Consoles.Out.WriteLine($"{mark}  {item.Name,-17} {item.Found}", Indent);
            if (item.Advice is not null)
                Consoles.Out.WriteLine(new string(' ', Consoles.Out.IndentThatFits(Indent)) + item.Advice, Indent);
        }
    }
}
