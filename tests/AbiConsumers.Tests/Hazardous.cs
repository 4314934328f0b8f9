using Faultline.AbiConsumers.Hazards;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Looks for hazards in small sources.</summary>
internal static class Hazardous
{
    /// <summary>Reads files given as name and text.</summary>
    public static HazardReport Run(params (string File, string Text)[] files)
    {
        using var folder = new TemporaryDirectory();
        foreach (var (file, text) in files)
            folder.Write(file, text);
        return HazardScan.Run(folder.Path, CancellationToken.None);
    }

    /// <summary>Each finding as <c>kind sureness line</c>.</summary>
    public static void Of(string file, string text, params string[] expected) => Of([(file, text)], expected);

    public static void Of((string File, string Text)[] files, params string[] expected) =>
        Assert.Equal(expected,
            Run(files).Hazards.Select(hazard => $"{hazard.Kind.Id} {hazard.Sure.ToString().ToLowerInvariant()} {hazard.Line}"));
}
