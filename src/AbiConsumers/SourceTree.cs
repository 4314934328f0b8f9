using System.Text;
using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;
using Faultline.Machine;

namespace Faultline.AbiConsumers;

/// <summary>One source file as text.</summary>
/// <param name="Path">Relative to the folder that is scanned, with slashes.</param>
internal sealed record SourceFile(string Path, string Text, Language Language)
{
    /// <summary>Code in another language inside a file that was given already.</summary>
    public bool IsEmbedded { get; init; }
}

/// <summary>A file or folder that was not read.</summary>
public sealed record SkippedFile(string Path, string Reason);

/// <summary>The source files below a folder. Links are not followed, so that no loop and nothing outside is read.</summary>
internal sealed class SourceTree(string root)
{
    /// <summary>Larger files are data, whatever their name says.</summary>
    public const long LargestFile = 32 << 20;

    private const int Probed = 8192;

    /// <summary>Without comments and strings, which are not known: every word counts.</summary>
    private static readonly LexicalRules Loose = new() { LineComment = "\0", BlockComments = false, Lifetimes = true };

    private static readonly string[] ToolFolders = [".git", ".hg", ".svn", "node_modules"];

    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>Sources in languages without a reader: the language, and the words of each file.</summary>
    public List<(string Language, HashSet<string> Words)> Unread { get; } = [];

    /// <summary>Every readable source file in a language that is known, in the order of the paths.</summary>
    public IEnumerable<SourceFile> Read()
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder))
            {
                if (entry.LinkTarget is not null)
                {
                    if (IsSource(entry.Name) && !LeadsSomewhere(entry))
                        Skip(entry, "a link that leads to nothing");
                    continue;
                }
                if (entry is DirectoryInfo)
                {
                    if (!ToolFolders.Contains(entry.Name))
                        folders.Push(entry.FullName);
                }
                else if (Language.OfFile(entry.Name) is { } language && Text((FileInfo)entry) is { } text && language.Recognises(text))
                {
                    var file = new SourceFile(Relative(entry.FullName), text, language);
                    yield return file;
                    if (language.Embedded(text) is { } embedded)
                        yield return file with { Text = embedded.Text, Language = embedded.Language, IsEmbedded = true };
                }
                else if (UnreadLanguage.OfFile(entry.Name) is { } unread && Text((FileInfo)entry) is { } foreign)
                {
                    Unread.Add((unread, [.. Lexer.Read(foreign, Loose).Where(token => token.Kind == TokenKind.Name).Select(token => token.Text)]));
                }
            }
        }
    }

    private FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderByDescending(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Skipped.Add(new(Relative(folder), exception.Message));
            return [];
        }
    }

    private string? Text(FileInfo file)
    {
        try
        {
            // Opening a pipe could block for ever; and sockets and devices hold no text.
            if (file.Length == 0)
            {
                return FileKinds.Of(file.FullName) is FileKind.Regular or FileKind.Missing ? null
                    : Skip(file, "a pipe, a socket or a device");
            }
            if (file.Length > LargestFile)
                return Skip(file, $"larger than {LargestFile >> 20} MiB");
            var bytes = File.ReadAllBytes(file.FullName);
            if (bytes.AsSpan(0, Math.Min(bytes.Length, Probed)).Contains((byte)0))
                return Skip(file, "binary");
            // Names and numbers are ASCII in any encoding met in practice; other bytes only must not stop the reading.
            return Encoding.UTF8.GetString(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Skip(file, exception.Message);
        }
    }

    private static bool IsSource(string name) => Language.OfFile(name) is not null || UnreadLanguage.OfFile(name) is not null;

    private static bool LeadsSomewhere(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            // Links in a circle.
            return false;
        }
    }

    private string? Skip(FileSystemInfo file, string reason)
    {
        Skipped.Add(new(Relative(file.FullName), reason));
        return null;
    }

    private string Relative(string path) => Path.GetRelativePath(root, path);
}
