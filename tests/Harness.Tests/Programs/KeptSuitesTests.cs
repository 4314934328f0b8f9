using Faultline.Harness.Programs;

namespace Faultline.Harness.Tests.Programs;

/// <summary>Of the suites that were built for earlier runs the newest stay.</summary>
public sealed class KeptSuitesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_ones_that_were_used_last_stay_and_nothing_half_built()
    {
        var checkout = new Checkout(_folder.Path);
        var builder = new SuiteBuilder(checkout, _ => throw new InvalidOperationException("nothing is built here"));
        builder.RemoveOld();
        for (var i = 0; i < SuiteBuilder.Kept + 3; i++)
        {
            _folder.Write($"artifacts/suites/{i:x12}/programs", "");
            Directory.SetLastWriteTimeUtc(_folder.Of("artifacts", "suites", $"{i:x12}"), DateTime.UnixEpoch.AddDays(i));
        }

        _folder.Write("artifacts/suites/0123456789ab.partial-1/files/x", "");
        builder.RemoveOld();
        Assert.Equal(
            Enumerable.Range(3, SuiteBuilder.Kept).Select(i => $"{i:x12}"),
            Directory.EnumerateDirectories(checkout.Suites).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
