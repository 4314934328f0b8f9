namespace Faultline.Harness.Tests;

/// <summary>The folder that holds Faultline.slnx, found upwards from the test assembly.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Faultline.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Faultline.slnx above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
