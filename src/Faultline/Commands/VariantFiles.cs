using System.CommandLine;
using System.Text;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness;
using Faultline.Harness.Sources;
using Faultline.Machine;

namespace Faultline.Cli.Commands;

/// <summary>Writes a <c>variant.toml</c> and shows what changed in it: what <c>record</c> and <c>new-variant</c> share.</summary>
internal static class VariantFiles
{
    private const char ByteOrderMark = '\ufeff';

    /// <summary>The file's text, of which no byte is lost when it is written back.</summary>
    /// <exception cref="UsageException">It is not UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{path} is not UTF-8, and TOML has to be; convert it first.");
        }
    }

    /// <summary>The text with the rows.</summary>
    /// <param name="path">Named in errors.</param>
    /// <param name="text">As <see cref="Read"/> gave it.</param>
    /// <param name="rows">What to expect from now on.</param>
    public static string With(string path, string text, IReadOnlyList<ObservedRow> rows) => text.StartsWith(ByteOrderMark)
        ? ByteOrderMark + VariantText.With(path, text[1..], rows) : VariantText.With(path, text, rows);

    /// <summary>Writes it, unless it is only to be shown, and tells what became of the rows.</summary>
    /// <param name="change">What is to be written.</param>
    /// <param name="rows">The rows that it is about.</param>
    /// <param name="recording">The run that they come from.</param>
    /// <param name="json">Whether the result is wanted as JSON.</param>
    /// <param name="dryRun">Nothing is written.</param>
    public static int Finish(FileChange change, RecordedRows rows, Recording recording, bool json, bool dryRun)
    {
        if (!dryRun && change.Before != change.After)
            OutputFile.Write(change.Path, change.After);
        if (json)
            Console.Out.Write(JsonResults.Of(change, rows, recording, dryRun));
        else
            Console.Out.Write(LineDiff.Unified(change.Path, change.Before, change.After));
        foreach (var left in rows.LeftOut)
            Consoles.Error.WriteLine($"faultline: left out: {left}");
        Consoles.Error.WriteLine($"faultline: {Summary(change, rows, recording, dryRun)}");
        return ExitCodes.Ok;
    }

    /// <summary>The command that observes what <c>record</c> and <c>new-variant</c> write down.</summary>
    /// <param name="parsed">Where variants are looked for.</param>
    /// <param name="running">It is this machine's own kernel.</param>
    /// <param name="variant">What the kernel is tested by.</param>
    public static string TestCommand(ParseResult parsed, bool running, string variant) => ShellText.Join(
    [
        "faultline", "test", .. running ? (string[])["--kernel", "running"] : [],
        .. (parsed.GetValue(CommonOptions.Patches) ?? []).SelectMany(folder => (string[])["--variants", folder]), "--variant", variant,
    ]);

    private static string Summary(FileChange change, RecordedRows rows, Recording recording, bool dryRun)
    {
        var count = rows.Changed.Length;
        if (count == 0)
        {
            return $"no row of {recording.Folder} differs from what is expected; {change.Path} "
                + (change.Before is null ? "says so" : "stays as it is");
        }

        var (what, verb) = count == 1 ? ("expectation", "is") : ("expectations", "are");
        return dryRun ? $"{count} {what} would be written to {change.Path}; nothing was written"
            : $"{count} {what} in {change.Path} {verb} to be reviewed: where one is right, remove its line "
                + $"'{VariantFile.ReviewKey} = true'";
    }
}
