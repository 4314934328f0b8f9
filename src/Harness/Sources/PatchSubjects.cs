using CliWrap;
using CliWrap.Buffered;
using Faultline.Machine;

namespace Faultline.Harness.Sources;

/// <summary>What patches are called, for reports: git reads the mails, as it does when it applies them.</summary>
internal static class PatchSubjects
{
    private const string Mark = "Subject: ";

    /// <returns>The subject of each patch, in their order.</returns>
    public static async Task<IReadOnlyList<string?>> OfAsync(IEnumerable<string> patches, CancellationToken cancellation) =>
        await Task.WhenAll(patches.Select(patch => OfAsync(patch, cancellation)));

    /// <returns>The subject without its <c>[PATCH …]</c>; null for a file without one, and where git is not installed.</returns>
    public static async Task<string?> OfAsync(string patch, CancellationToken cancellation)
    {
        if (HostProgram.Git.Find() is not { } git)
            return null;
        try
        {
            await using var mail = File.OpenRead(patch);
            var answer = await Cli.Wrap(git).WithArguments(["mailinfo", "--encoding=UTF-8", "--no-scissors", "/dev/null", "/dev/null"])
                .WithStandardInputPipe(PipeSource.FromStream(mail))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(System.Text.Encoding.UTF8, cancellation);
            var line = answer.StandardOutput.Split('\n').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
            return line?[Mark.Length..].Trim() is { Length: > 0 } subject ? subject : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
