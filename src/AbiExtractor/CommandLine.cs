using Faultline.AbiExtractor.Clang;
using Faultline.AbiExtractor.Input;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor;

/// <summary>The extractor as a program, for the build targets of the generator.</summary>
internal static class CommandLine
{
    private const string Usage = "usage: Faultline.AbiExtractor HEADER [--target TRIPLE] [--include DIR]... [--name INCLUDE-NAME] [-o FILE]";

    /// <summary>Exit status of a header that could not be read.</summary>
    internal const int Unreadable = 1;

    /// <summary>Exit status of a wrong command line.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Exit status of a machine without libclang; the same number as the faultline command's "prerequisite missing".</summary>
    internal const int LibclangMissing = 10;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (!TryParse(args, out var request, out var file, out var problem))
        {
            error.WriteLine($"{problem}\n{Usage}");
            return WrongUsage;
        }
        try
        {
            Write(AbiFile.Format(HeaderExtractor.Extract(request)), file, output);
            return 0;
        }
        catch (ExtractionException exception)
        {
            error.WriteLine(exception.Message);
            return Unreadable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{file} cannot be written: {exception.Message}");
            return WrongUsage;
        }
        catch (LibclangMissingException exception)
        {
            error.WriteLine(exception.Message);
            return LibclangMissing;
        }
    }

    private static bool TryParse(string[] args, out HeaderRequest request, out string? file, out string problem)
    {
        string? header = null, target = null, name = null;
        var includes = new List<string>();
        (file, problem) = (null, "");
        for (var i = 0; i < args.Length && problem.Length == 0; i++)
        {
            if (args[i] is "--target" or "--include" or "--name" or "-o" && i + 1 == args.Length)
                problem = $"{args[i]} needs a value";
            else if (args[i] == "--target")
                target = args[++i];
            else if (args[i] == "--include")
                includes.Add(args[++i]);
            else if (args[i] == "--name")
                name = args[++i];
            else if (args[i] == "-o")
                file = args[++i];
            else if (args[i].StartsWith('-') || header is not null)
                problem = $"unexpected argument '{args[i]}'";
            else
                header = args[i];
        }
        if (header is null && problem.Length == 0)
            problem = "no header given";
        request = new() { Path = header ?? "", Target = target, IncludeDirectories = includes, IncludeName = name };
        return problem.Length == 0;
    }

    /// <summary>Writes through a neighbour file, so that a stopped run leaves no half model. An unchanged model keeps its time stamp.</summary>
    private static void Write(string text, string? file, TextWriter output)
    {
        if (file is null)
        {
            output.Write(text);
            return;
        }
        // Moving a file over a device or a pipe would take it from everybody.
        if (FileKinds.Of(file) is FileKind.Device or FileKind.Pipe or FileKind.Socket)
        {
            using var stream = new StreamWriter(new FileStream(file, FileMode.Open, FileAccess.Write));
            stream.Write(text);
            return;
        }
        var full = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = $"{full}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllText(partial, text);
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
