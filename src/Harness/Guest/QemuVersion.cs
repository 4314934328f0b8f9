using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Guest;

/// <summary>The emulator in the runner image. It is asked once for each image, for an image does not change.</summary>
/// <param name="engine">Runs the image.</param>
/// <param name="runner">The image's tag.</param>
/// <param name="folder">Keeps the answer, in <c>qemu-version</c>.</param>
internal sealed class QemuVersion(ContainerEngine engine, string runner, string folder)
{
    /// <returns>For example <c>QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)</c>; null when it does not say.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "qemu-version");
        if (File.Exists(path) && await File.ReadAllLinesAsync(path, cancellation) is [var image, var known, ..] && image == runner)
            return known;
        try
        {
            var first = default(string);
            await engine.Containers.RunAsync(
                new ContainerSpec { Image = runner, Purpose = "qemu-version", Phase = Phase.Report, Command = [$"/usr/bin/{Architecture.X86.Qemu}", "--version"], Deadline = TimeSpan.FromMinutes(1) },
                line => first ??= line.Text, cancellation);
            if (first is not null)
                await File.WriteAllTextAsync(path, $"{runner}\n{first}\n", cancellation);
            return first;
        }
        catch (Exception e) when (e is ContainerFailedException or ContainerDeadlineException)
        {
            // A version is worth a line of the report, not the run.
            return null;
        }
    }
}
