namespace Faultline.AbiExtractor;

/// <summary>The extractor's command line after parsing.</summary>
/// <param name="Request">What to read.</param>
/// <param name="Output">File to write; null is standard output.</param>
/// <param name="FileList">File to write the paths of all files read into, one a line; null when nobody asked.</param>
/// <param name="Verbose">Say which libclang read the header.</param>
/// <param name="ForMSBuild">Errors in the form MSBuild takes apart into file, line and code.</param>
internal sealed record CommandLineArguments(HeaderRequest Request, string? Output, string? FileList, bool Verbose, bool ForMSBuild)
{
    public const string Usage =
        "usage: Faultline.AbiExtractor HEADER [--target TRIPLE] [--include DIR]... [--define MACRO[=VALUE]]... [--prelude HEADER]..." +
        " [--name INCLUDE-NAME] [-o FILE] [--files FILE] [--verbose] [--msbuild]\n" +
        "       Faultline.AbiExtractor @FILE   (the same arguments, one a line)";

    /// <exception cref="CommandLineException">The arguments are wrong, or the response file cannot be read.</exception>
    public static CommandLineArguments Parse(IReadOnlyList<string> args)
    {
        var request = new HeaderRequest { Path = "" };
        List<string> includes = [], defines = [], preludes = [];
        string? output = null, files = null;
        var (verbose, forMSBuild) = (false, false);
        var rest = new Queue<string>(args.SelectMany(Expand).SelectMany(Split));
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--target":
                    request = request with { Target = Value(argument, rest) };
                    break;
                case "--include":
                    includes.Add(Value(argument, rest));
                    break;
                case "--define":
                    defines.Add(Value(argument, rest));
                    break;
                case "--prelude":
                    preludes.Add(Value(argument, rest));
                    break;
                case "--name":
                    request = request with { IncludeName = Value(argument, rest) };
                    break;
                case "-o":
                    output = Value(argument, rest);
                    break;
                case "--files":
                    files = Value(argument, rest);
                    break;
                case "--verbose":
                    verbose = true;
                    break;
                case "--msbuild":
                    forMSBuild = true;
                    break;
                default:
                    if (argument.StartsWith('-') || request.Path.Length > 0)
                        throw new CommandLineException($"unexpected argument '{argument}'");
                    request = request with { Path = argument };
                    break;
            }
        }
        if (request.Path.Length == 0)
            throw new CommandLineException("no header given");
        return new(
            request with { IncludeDirectories = includes, Defines = defines, Preludes = preludes }, output, files, verbose, forMSBuild);
    }

    /// <summary><c>--option=value</c> is the same as <c>--option value</c>.</summary>
    private static string[] Split(string argument) => argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument];

    private static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out var value) && value.Length > 0 ? value : throw new CommandLineException($"{option} needs a value");

    private static IEnumerable<string> Expand(string argument)
    {
        if (!argument.StartsWith('@'))
            return [argument];
        try
        {
            return File.ReadAllLines(argument[1..]).Where(line => line.Length > 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandLineException($"the response file of '{argument}' cannot be read: {e.Message}");
        }
    }
}

/// <summary>The command line is wrong; the message says which part.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
