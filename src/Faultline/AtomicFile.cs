using Faultline.AbiExtractor;

namespace Faultline.Cli;

/// <summary>Files that are there whole or not at all, for commands.</summary>
internal static class AtomicFile
{
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
