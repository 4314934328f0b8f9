using Faultline.AbiExtractor.Input;

namespace Faultline.Cli;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text)
    {
        try
        {
            WriteWhole(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be written: {e.Message}");
        }
    }

    private static void WriteWhole(string path, string text)
    {
        // Moving a file over a device or a pipe would take it from everybody.
        if (FileKinds.Of(path) is FileKind.Device or FileKind.Pipe or FileKind.Socket)
        {
            using var stream = new StreamWriter(new FileStream(path, FileMode.Open, FileAccess.Write));
            stream.Write(text);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var staging = $"{path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(staging, text);
            File.Move(staging, path, overwrite: true);
        }
        finally
        {
            File.Delete(staging);
        }
    }
}
