using Faultline.Machine;

namespace Faultline.Cli;

/// <summary>The place for a command's result: a file, written whole or not at all, or standard output.</summary>
internal static class OutputFile
{
    /// <param name="output">null for standard output.</param>
    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string text, FileInfo? output)
    {
        if (output is null)
            Console.Out.Write(text);
        else
            Write(output.FullName, text);
    }

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            WholeFile.Write(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be written: {e.Message}");
        }
    }
}
