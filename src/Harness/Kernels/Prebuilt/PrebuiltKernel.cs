namespace Faultline.Harness.Kernels.Prebuilt;

/// <summary>A kernel that was built elsewhere, and that can carry a guest.</summary>
/// <param name="File">The image or package that was given, absolute.</param>
/// <param name="Release">What <c>uname -r</c> says on it, by its header.</param>
/// <param name="Folder">Where its parts lie: <c>artifacts/kernels/ID</c>.</param>
/// <param name="Checked">Where its configuration was found, in words; null when it could not be looked at.</param>
internal sealed record PrebuiltKernel(string File, string Release, string Folder, string? Checked)
{
    /// <summary>The name among all kernels.</summary>
    public string Id => Path.GetFileName(Folder);

    /// <summary>The bootable image.</summary>
    public string Image => Path.Combine(Folder, "image");

    /// <summary>The modules to insert before anything is mounted, and their order; null for none.</summary>
    public string? Modules => Path.Combine(Folder, "modules") is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>The first two numbers of the release; null where it has none.</summary>
    public Version? Version =>
        System.Text.RegularExpressions.Regex.Match(Release, @"^\d+\.\d+") is { Success: true } match ? Version.Parse(match.Value) : null;
}
