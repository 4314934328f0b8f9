using System.Globalization;
using Faultline.Harness.Guest;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Guest;

/// <summary>
/// The whole suite on the control kernel in many guests at the same time: how busy the machine is must not change a verdict. FAULTLINE_BUSY_GUESTS
/// at a time (4) and FAULTLINE_BUSY_RUNS of them (4): a guest has two processors, so 10 at a time are load 20.
/// </summary>
[Trait("needs", "guest")]
public sealed class BusyMachineTests(GuestFixture guests) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_busy_machine_changes_no_verdict_and_is_mentioned()
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var (atATime, runs) = (Number("FAULTLINE_BUSY_GUESTS", 4), Number("FAULTLINE_BUSY_RUNS", 4));
        var variant = VariantCatalog.Load([RepositoryRoot.Of("linux-patch")]).Get("base");
        using var publisher = new PayloadPublisher(new Checkout(RepositoryRoot.Path, _folder.Of("artifacts")));
        var payload = await publisher.PublishAsync("base", "base", Path.Combine(variant.Folder, "userfaultfd.abi.json"), new RecordedProgress(), Cancellation);
        var suite = new SuiteRunner(engine, images, _folder.Of("artifacts", "guest"));
        var results = new List<SuiteResult>();

        await Parallel.ForAsync(0, runs, new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = Cancellation }, async (i, cancellation) =>
        {
            var request = new SuiteRequest
            {
                Kernel = $"busy-{i}", BzImage = GuestFixture.BzImage, Payload = payload.Folder, Profile = VariantProfile.ToJson(variant), Accelerator = AcceleratorChoice.Tcg,
            };
            var result = await suite.RunAsync(request, new RecordedProgress(), cancellation);
            lock (results)
                results.Add(result);
            TestContext.Current.SendDiagnosticMessage($"{request.Kernel}: {result.Verdict.Kind}: {result.Verdict.Summary}; {result.Host}");
        });

        Assert.Equal(runs, results.Count);
        Assert.All(results, result => Assert.True(result.Verdict.IsPass, $"{result.Verdict.Kind}: {string.Join("; ", result.Verdict.Reasons)}\n{result.Verdict.Excerpt}\n{result.Host}"));
        Assert.Single(results.Select(result => result.Verdict.Summary).Distinct());
        Assert.All(results, result => Assert.Equal(result.Host!.IsBusy, result.Notes.Any(note => note.Contains("the machine was busy", StringComparison.Ordinal))));
    }

    public void Dispose() => _folder.Dispose();

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
