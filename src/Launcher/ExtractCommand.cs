using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using Faultline.Machine;

namespace Faultline.Launcher;

/// <summary>
/// <c>faultline abi extract</c> with the options that scripts use, done here. Whatever else the line holds (help, a mistake, another command, an
/// option added later), and every failure, is the full command's, which alone explains itself. Not so what must not be tried again: a header
/// that took all the time or memory there is, and output of which a part may be out.
/// </summary>
/// <param name="Output">File to write; null is standard output.</param>
internal sealed record ExtractCommand(HeaderRequest Request, string? Output, bool Verbose)
{
    private const int WrongUsage = 2;
    private const int Infrastructure = 10;

    /// <summary>The command; null when the line is not plainly an extraction.</summary>
    public static ExtractCommand? Parse(IReadOnlyList<string> args)
    {
        if (args is not ["abi", "extract", ..])
            return null;
        var command = new ExtractCommand(new() { Path = "" }, null, false);
        for (var i = 2; i < args.Count; i++)
        {
            var value = i + 1 < args.Count && args[i + 1] is [not '-', ..] ? args[i + 1] : null;
            var next = args[i] switch
            {
                "--verbose" or "-v" => command with { Verbose = true },
                "--target" when value is not null && command.Request.Target is null => command with { Request = command.Request with { Target = args[++i] } },
                "--include" or "-I" when value is not null => command with { Request = command.Request with { IncludeDirectories = [.. command.Request.IncludeDirectories, args[++i]] } },
                "--output" or "-o" when value is not null && command.Output is null => command with { Output = args[++i] },
                var header when header.Length > 0 && header[0] is not ('-' or '@') && command.Request.Path.Length == 0 && File.Exists(header) =>
                    command with { Request = command.Request with { Path = header } },
                _ => null,
            };
            if (next is null)
                return null;
            command = next;
        }
        return command.Request.Path.Length > 0 ? command : null;
    }

    /// <summary>The exit code; null leaves nothing behind and is the full command's.</summary>
    public int? TryRun()
    {
        ExtractedHeader read;
        string text;
        try
        {
            read = HeaderExtractor.Read(Request);
            text = AbiFile.Format(read.Spec);
            if (Output is { } file)
                WholeFile.Write(file, text);
        }
        catch (ExtractionException exception) when (exception.Overrun)
        {
            return Fail(WrongUsage, exception.Message);
        }
        catch (Exception exception) when (exception is ExtractionException or LibclangMissingException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
        try
        {
            if (Output is null)
                Console.Out.Write(text);
        }
        catch (IOException exception)
        {
            return Fail(Infrastructure, $"standard output cannot be written: {exception.Message}");
        }
        if (read.BorrowedInWords is { } note)
            Console.Error.WriteLine($"faultline: {note}");
        if (Verbose)
            Console.Error.WriteLine($"{read.Spec.Header} for {read.Spec.Target}, read by {LibclangLocator.Description}");
        return 0;
    }

    /// <summary>Tells it as the full command does.</summary>
    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine();
        foreach (var line in message.TrimEnd().Split('\n'))
            Console.Error.WriteLine($"faultline: {line}");
        return exitCode;
    }
}
