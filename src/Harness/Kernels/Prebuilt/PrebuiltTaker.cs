using System.Text;
using System.Text.RegularExpressions;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels.Prebuilt;

/// <summary>
/// Takes a kernel image or package apart, in the builder container, and looks whether its configuration can carry a guest. Nothing of it
/// is run; what was taken apart once is not again.
/// </summary>
/// <param name="checkout">Where its parts go.</param>
/// <param name="connect">Gives the engine; called only when something has to be done.</param>
internal sealed partial class PrebuiltTaker(Checkout checkout, Func<CancellationToken, Task<ContainerEngine>> connect)
{
    private const string Step = "take-kernel";

    /// <summary>sysexits.h: what was given is not what it should be.</summary>
    private const int DataError = 65;

    /// <exception cref="NoKernelException">The file is not a kernel.</exception>
    /// <exception cref="CannotCarryGuestException">Its configuration lacks something.</exception>
    public async Task<PrebuiltKernel> TakeAsync(string file, IProgress<HarnessEvent> progress, CancellationToken cancellation)
    {
        (file, var folder) = Find(file);
        using var phase = new PhaseScope(
            progress, Path.GetFileName(file), Phase.Extract, "a kernel that was built elsewhere", cancellation: cancellation);
        var cached = Directory.Exists(folder);
        if (!cached)
            await TakeApartAsync(file, folder, phase, cancellation);
        var kernel = new PrebuiltKernel(file, ReleaseOf(Path.Combine(folder, "image"), file), folder, Checked: null);
        var (text, where) = ConfigurationOf(kernel);
        if (text is not null && GuestNeed.Missing(KconfigValues.Parse(text), modules: kernel.Modules is not null) is { Count: > 0 } missing)
            throw new CannotCarryGuestException(file, kernel.Release, missing);
        var told = where is null ? "; nothing tells its configuration" : $", configured as {where} says";
        phase.Succeed(cached, kernel.Release + told);
        return kernel with { Checked = where };
    }

    /// <summary>
    /// What is known of the file without taking it apart, for who boots nothing: the release, from an image's header or a package's name.
    /// Null where only the inside of a package could tell.
    /// </summary>
    /// <exception cref="NoKernelException">The file is not a kernel.</exception>
    public PrebuiltKernel? Look(string file)
    {
        (file, var folder) = Find(file);
        var parts = new PrebuiltKernel(file, "", folder, Checked: null);
        if (Directory.Exists(folder))
            return parts with { Release = ReleaseOf(parts.Image, file) };
        if (!IsPackage(file))
            return parts with { Release = ReleaseOf(file, file) };
        return NameOfPackage().Match(Path.GetFileName(file)) is { Success: true } name
            ? parts with { Release = name.Groups["release"].Value } : null;
    }

    /// <summary>A file that is there, as an absolute path, and the folder for its parts.</summary>
    private (string File, string Folder) Find(string file)
    {
        if (Directory.Exists(file))
            throw new NoKernelException(file, "it is a folder; give a bzImage, a vmlinuz or a Debian package (.deb)");
        if (!File.Exists(file))
            throw new NoKernelException(file, "no such file; give a bzImage, a vmlinuz or a Debian package (.deb), or 'running'");
        file = Path.GetFullPath(file);
        var script = Path.Combine(StepRunner.StepsFolder(checkout), Step);
        var key = new Stamp(Input.OfFile("kernel", file), Input.OfFile("step", script)).Key;
        return (file, checkout.KernelFolder($"given-{key[..8]}"));
    }

    /// <summary>deb(5): an archive of ar(1).</summary>
    private static bool IsPackage(string file)
    {
        var head = new byte[8];
        using var stream = File.OpenRead(file);
        stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan().SequenceEqual("!<arch>\n"u8);
    }

    /// <summary>Debian's linux-image-RELEASE_VERSION_MACHINE.deb, whose release an unsigned image has a word behind.</summary>
    [GeneratedRegex(@"^linux-image-(?<release>\d+\.\d+[^_]*?)(?:-unsigned)?_.*\.deb$")]
    private static partial Regex NameOfPackage();

    /// <summary>The release in the header of a bootable image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">What was given, for messages.</param>
    internal static string ReleaseOf(string image, string file)
    {
        // Documentation/x86/boot.rst: an offset that 0x200 is added to, of a text that ends with 0.
        const int pointer = 0x20e, setup = 0x200, longest = 256;
        var head = new byte[64 << 10];
        using var stream = File.OpenRead(image);
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var at = read < pointer + 2 ? 0 : BitConverter.ToUInt16(head, pointer) + setup;
        var text = at <= setup || at + longest > read ? "" : Encoding.ASCII.GetString(head, at, longest).Split('\0')[0].Split(' ')[0];
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or '~')
            ? text : throw new NoKernelException(file, "its header does not say which release it is");
    }

    private async Task TakeApartAsync(string file, string folder, PhaseScope phase, CancellationToken cancellation)
    {
        var engine = await connect(cancellation);
        var builder = StepRunner.BuilderImage(checkout);
        await engine.Images.EnsureAsync(builder, phase.Output, cancellation);
        var partial = $"{folder}.partial-{Environment.ProcessId}";
        var wanted = GuestNeed.All.Where(need => need.Module is not null).Select(need => $"{need.Option}={need.Module}");
        try
        {
            var lines = new List<string>();
            var exit = await engine.Containers.RunAsync(
                new ContainerSpec
                {
                    Image = builder.Tag,
                    Purpose = Step,
                    Phase = Phase.Extract,
                    Command = [$"/opt/faultline/{Step}"],
                    Environment = new Dictionary<string, string> { ["WANTED"] = string.Join(' ', wanted) },
                    Inputs =
                    [
                        ContainerInput.FromHost(StepRunner.StepsFolder(checkout), "/opt/faultline"),
                        ContainerInput.FromHost(file, "/tmp/kernel"),
                    ],
                    Outputs = [new ContainerOutput("/tmp/out", partial)],
                },
                line =>
                {
                    lines.Add(line.Text);
                    phase.Output(line.Text);
                },
                cancellation);
            if (exit.Code == DataError)
                throw new NoKernelException(file, lines[^1]);
            if (exit.Code != 0)
                throw new ContainerFailedException(
                    $"Extract: {file} could not be taken apart (exit code {exit.Code}).", Phase.Extract, exit.Name, exit.Code, exit.Tail);
            // Another command may have taken it apart meanwhile.
            if (!Directory.Exists(folder))
                Directory.Move(partial, folder);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The configuration: the image's or package's, else the one that lies next to the image.</summary>
    private static (string? Text, string? Where) ConfigurationOf(PrebuiltKernel kernel)
    {
        var inside = Path.Combine(kernel.Folder, "config");
        if (File.Exists(inside))
            return (File.ReadAllText(inside), "it");
        var beside = Path.GetDirectoryName(kernel.File)!;
        string[] places =
        [
            Path.Combine(beside, $"config-{kernel.Release}"), Path.Combine(beside, "config"),
            // arch/*/boot of a build folder.
            Path.GetFullPath(Path.Combine(beside, "..", "..", "..", ".config")),
        ];
        return Array.Find(places, File.Exists) is { } found ? (File.ReadAllText(found), found) : (null, null);
    }
}
