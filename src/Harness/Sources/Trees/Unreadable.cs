using System.Collections.Concurrent;
using Faultline.Machine;

namespace Faultline.Harness.Sources.Trees;

/// <summary>The files and folders of a tree that could not be read.</summary>
/// <param name="tree">The tree.</param>
internal sealed class Unreadable(string tree)
{
    private const int Shown = 5;
    private readonly ConcurrentBag<string> _paths = [];

    public void Add(string path) => _paths.Add(path);

    public void AddRange(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            Add(path);
    }

    /// <exception cref="TreeUnreadableException">There is one.</exception>
    public void ThrowIfAny()
    {
        if (_paths.IsEmpty)
            return;
        var paths = _paths.Order(StringComparer.Ordinal).ToList();
        var more = paths.Count > Shown ? $"\n  … and {paths.Count - Shown} more" : "";
        throw new TreeUnreadableException(
            $"{tree} cannot be read as a whole by the user who runs Faultline (number {CurrentUser.Id}):\n"
            + string.Join('\n', paths.Take(Shown).Select(path => $"  {path} ({Describe(path)})")) + more
            + $"\nMake it readable ('chmod -R u+rX,go+rX' by its owner), make your own copy ('git clone {tree}'), or run as its owner.");
    }

    private static string Describe(string path)
    {
        try
        {
            if (FileStamp.Of(path) is not { } stamp)
                return "gone meanwhile";
            var what = stamp.Kind == FileKind.Folder ? "folder" : "file";
            return $"{what} of user {stamp.Owner}, mode {Convert.ToString(stamp.Mode, 8).PadLeft(4, '0')}";
        }
        catch (IOException)
        {
            return "in a folder that may not be entered";
        }
    }
}
