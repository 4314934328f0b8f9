using Faultline.AbiExtractor.Input;

namespace Faultline.AbiExtractor;

/// <summary>Files that are there whole or not at all; devices and pipes are written to.</summary>
public static class WholeFile
{
    /// <summary>Writes through a neighbour file, so that a stopped run leaves no half file.</summary>
    /// <exception cref="IOException">The folder cannot be made or the file not be written; <see cref="UnauthorizedAccessException"/> without permission.</exception>
    public static void Write(string file, string text)
    {
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
