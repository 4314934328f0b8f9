namespace Faultline.Cli.Commands;

/// <summary>Writes a command's result to the file that <c>-o</c> names, whole or not at all, or to standard output.</summary>
internal static class OutputFile
{
    public static void Write(string text, FileInfo? output)
    {
        if (output is null)
            Console.Out.Write(text);
        else
            AtomicFile.Write(output.FullName, text);
    }
}
