namespace Faultline.AbiTests.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Faultline.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not inside a checkout.");
        return folder;
    }
}
