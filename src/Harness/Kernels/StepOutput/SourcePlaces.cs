using Faultline.Harness.Sources;

namespace Faultline.Harness.Kernels.StepOutput;

/// <summary>
/// Where a person finds what the compiler complains about: a file of the user's tree, by a path that a terminal opens, or the patch that
/// wrote the line.
/// </summary>
internal sealed class SourcePlaces(KernelRequest request)
{
    public BuildError Of(BuildError error)
    {
        if (error.File is not { } file || Path.IsPathRooted(file))
            return error;
        if (request.Source is KernelSource.Tree { Developed: { } developed })
            return In(developed, error);
        if (request.Series.Patches.Reverse().Select(patch => PlaceIn(patch, file, error.Line)).FirstOrDefault(place => place is not null)
            is { } place)
            return error with { Patch = place };
        return request.Source is KernelSource.Tree tree ? In(tree.Folder, error) : error;
    }

    private static BuildError In(string tree, BuildError error) =>
        Path.Combine(tree, error.File!) is var path && File.Exists(path) ? error with { File = path } : error;

    /// <summary>The patch, with the number of its line that became that of the file; null when it does not change the file.</summary>
    private static string? PlaceIn(string patch, string file, int? wanted)
    {
        if (!File.Exists(patch))
            return null;
        var (number, inFile, found, next) = (0, false, false, 0);
        foreach (var line in File.ReadLines(patch))
        {
            number++;
            if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                inFile = line[4..].Split('\t')[0].TrimEnd() == $"b/{file}";
                found |= inFile;
                next = 0;
            }
            else if (inFile && line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                next = BeginOf(line);
            }
            else if (inFile && next > 0 && (line.Length == 0 || line[0] is '+' or ' '))
            {
                if (next++ == wanted)
                    return $"{patch}:{number}";
            }
            else if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                inFile = false;
            }
        }

        return found ? patch : null;
    }

    /// <summary>Where a hunk begins in the new file: 84 for <c>@@ -83,6 +84,7 @@</c>; 0 when it is written otherwise.</summary>
    private static int BeginOf(string hunk) => hunk.Split(' ').FirstOrDefault(word => word.StartsWith('+')) is { } range
        && int.TryParse(range[1..].Split(',')[0], out var begin) ? begin : 0;
}
