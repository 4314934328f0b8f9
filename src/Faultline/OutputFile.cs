using Faultline.Harness;
using Faultline.Machine;

namespace Faultline.Cli;

/// <summary>The place for a command's result: a file, written whole or not at all, or standard output.</summary>
internal static class OutputFile
{
    // errno.h
    private const int IoError = 5, BrokenPipe = 32;

    /// <param name="output">null for standard output.</param>
    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string text, FileInfo? output)
    {
        if (output is null)
            Console.Out.Write(text);
        else
            Write(output.FullName, text);
    }

    /// <exception cref="UsageException">There can be no such file, or it is not this user's to write.</exception>
    /// <exception cref="ResultLostException">The place is right, and takes nothing.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            WholeFile.Write(path, text);
        }
        catch (IOException e) when (e.HResult is IoError or BrokenPipe || StorageFailure.Advice(e) is not null)
        {
            throw new ResultLostException(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be written: {e.Message}");
        }
    }
}
