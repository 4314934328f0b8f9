namespace Faultline.AbiConsumers.Tests;

/// <summary>Asks of one source what it says of names of the header.</summary>
internal static class Says
{
    /// <summary>Each expectation is the name and its state: <c>UFFDIO_API same</c>.</summary>
    public static void Of(string file, string text, params string[] expected)
    {
        var report = Scan.Run(file, text);
        Assert.Equal(expected, expected.Select(item => item.Split(' ')[0]).Select(name => $"{name} {report.State(name)}"));
    }
}
