namespace Faultline.Cli.Commands;

/// <summary>Where a command's result goes: to a file, whole or not at all, or to standard output.</summary>
internal static class Results
{
    public static void Write(string text, FileInfo? output)
    {
        if (output is null)
            Console.Out.Write(text);
        else
            AtomicFile.Write(output.FullName, text);
    }
}
