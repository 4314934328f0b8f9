using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using Faultline.Machine;

namespace Faultline.AbiExtractor;

/// <summary>The extractor as a program, for the build targets of the generator.</summary>
internal static class CommandLine
{
    /// <summary>Exit status of a header that could not be read.</summary>
    internal const int Unreadable = 1;

    /// <summary>Exit status of a wrong command line, or a file that cannot be written.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Exit status of a machine without libclang; the same number as the faultline command's "prerequisite missing".</summary>
    internal const int LibclangMissing = 10;

    private const string MSBuildCode = "FLT009";

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommandLineArguments arguments;
        try
        {
            arguments = CommandLineArguments.Parse(args);
        }
        catch (CommandLineException exception)
        {
            error.WriteLine($"{exception.Message}\n{CommandLineArguments.Usage}");
            return WrongUsage;
        }
        try
        {
            Extract(arguments, output, error);
            return 0;
        }
        catch (ExtractionException exception)
        {
            error.WriteLine(arguments.ForMSBuild ? ForMSBuild(exception, arguments.Request.Path) : exception.Message);
            return Unreadable;
        }
        catch (LibclangMissingException exception)
        {
            error.WriteLine(exception.Message);
            return LibclangMissing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{arguments.Output ?? "standard output"} cannot be written: {exception.Message}");
            return WrongUsage;
        }
    }

    private static void Extract(CommandLineArguments arguments, TextWriter output, TextWriter error)
    {
        var header = HeaderExtractor.Read(arguments.Request);
        var text = AbiFile.Format(header.Spec);
        if (arguments.FileList is { } list)
            WholeFile.Write(list, string.Concat(header.Files.Select(file => file + "\n")));
        if (arguments.Output is { } file)
            WholeFile.Write(file, text);
        else
            output.Write(text);
        if (header.BorrowedInWords is { } note && !arguments.ForMSBuild)
            error.WriteLine(note);
        if (arguments.Verbose) // never into a model on standard output
            (arguments.Output is null ? error : output).WriteLine($"{header.Spec.Header} for {header.Spec.Target}, read by {LibclangLocator.Description}");
    }

    /// <summary>One line for each error, <c>FILE(LINE,COLUMN): error CODE: TEXT</c>, which editors turn into a place to jump to.</summary>
    private static string ForMSBuild(ExtractionException exception, string header) => exception.Errors.Count == 0
        ? $"{header} : error {MSBuildCode}: {exception.Message.ReplaceLineEndings(" ")}"
        : string.Join('\n', exception.Errors.Take(20).Select(error =>
            $"{(error.Path.Length > 0 ? error.Path : header)}({Math.Max(error.Line, 1)},{Math.Max(error.Column, 1)}): error {MSBuildCode}: {Told(error.Message)}"));

    /// <summary>With what to do in a project, where that can be said.</summary>
    private static string Told(string message) => message.EndsWith("file not found", StringComparison.Ordinal)
        ? $"{message}; name its directory in the item's Includes metadata" : message;
}
