namespace Faultline.Harness.Docker;

/// <summary>The stream of a container a line came from.</summary>
internal enum OutputStream
{
    StandardOutput,
    StandardError,
}

/// <summary>A line a container printed, without its line end.</summary>
internal readonly record struct OutputLine(OutputStream Stream, string Text);
