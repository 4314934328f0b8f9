namespace Faultline.Tests;

/// <summary>The checkout that the tests were built in, found upwards from their assembly.</summary>
internal static class CheckoutRoot
{
    private const string Mark = "Faultline.slnx";

    /// <summary>The folder that holds the solution.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Mark)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No {Mark} above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
