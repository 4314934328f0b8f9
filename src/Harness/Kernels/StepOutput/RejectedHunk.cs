namespace Faultline.Harness.Kernels.StepOutput;

/// <summary>A hunk that found no place.</summary>
/// <param name="File">Path inside the tree.</param>
/// <param name="Hunk">Its number within the file's part of the patch, from 1; null when git named only the line.</param>
/// <param name="Line">Where it was expected, in the file before the patch; null when git named only the hunk.</param>
internal sealed record RejectedHunk(string File, int? Hunk, int? Line)
{
    public override string ToString() =>
        File + (Line is { } line ? $":{line}" : "") + (Hunk is { } hunk ? $" (hunk {hunk})" : "");
}
