using Faultline.AbiExtractor;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Headers written into a folder and read from there.</summary>
internal static class HeaderSet
{
    /// <summary>The models of all of them, in their order.</summary>
    public static ModelFile[] Models(params (string Name, string Text)[] headers) => Models("Sample.Abi", headers);

    public static ModelFile[] Models(string ns, params (string Name, string Text)[] headers)
    {
        var directory = Directory.CreateTempSubdirectory("faultline-headers-").FullName;
        try
        {
            foreach (var (name, text) in headers)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, name))!);
                File.WriteAllText(Path.Combine(directory, name), text);
            }
            return [.. headers.Select(header => new ModelFile(
                AbiFile.Format(Extract(Path.Combine(directory, header.Name), directory)), ns, Path: $"{ns}/{header.Name}.abi.json"))];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public static AbiSpec Extract(string header, params string[] includes) =>
        HeaderExtractor.Extract(new() { Path = header, IncludeDirectories = [.. includes, Kernel("linux-6.12")] });

    /// <summary>Installed headers among the fixtures: those that userfaultfd.h needs.</summary>
    public static string Kernel(string name) => Path.Combine(Repository.Root, "tests", "Fixtures", "headers", name);
}
