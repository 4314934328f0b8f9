using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;

namespace Faultline.Launcher;

/// <summary>
/// <c>faultline abi extract</c> with the options that scripts use, done here. Whatever else the line holds (help, a mistake, another command, an
/// option added later), and every failure, is the full command's, which alone explains itself.
/// </summary>
/// <param name="Output">File to write; null is standard output.</param>
internal sealed record ExtractCommand(HeaderRequest Request, string? Output, bool Verbose)
{
    /// <summary>The command; null when the line is not plainly an extraction.</summary>
    public static ExtractCommand? Parse(IReadOnlyList<string> args)
    {
        if (args is not ["abi", "extract", ..])
            return null;
        var command = new ExtractCommand(new() { Path = "" }, null, false);
        for (var i = 2; i < args.Count; i++)
        {
            var value = i + 1 < args.Count && !args[i + 1].StartsWith('-') ? args[i + 1] : null;
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

    /// <summary>True when the model was written; false leaves nothing behind.</summary>
    public bool TryRun()
    {
        try
        {
            var spec = HeaderExtractor.Extract(Request);
            var text = AbiFile.Format(spec);
            if (Output is { } file)
                WholeFile.Write(file, text);
            else
                Console.Out.Write(text);
            if (Verbose)
                Console.Error.WriteLine($"{spec.Header} for {spec.Target}, read by {LibclangLocator.Description}");
            return true;
        }
        catch (Exception exception) when (exception is ExtractionException or LibclangMissingException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
