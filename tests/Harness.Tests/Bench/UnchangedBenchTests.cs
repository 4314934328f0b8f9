using Faultline.Harness.Bench;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Bench;

public class UnchangedBenchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_time_of_a_run_that_waited_for_another_is_not_counted()
    {
        var runs = 0;
        var lines = new List<string>();
        var seconds = await Of(async () =>
        {
            await Task.Delay(runs == 0 ? 2000 : 0, Token);
            return ++runs == 2;
        }).AloneAsync(lines.Add, Token);
        Assert.Equal(2, runs);
        Assert.InRange(seconds, 0, 1.5);
        Assert.Contains("not counted", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkout_that_is_never_free_gives_no_figure()
    {
        var runs = 0;
        var e = await Assert.ThrowsAsync<GuestException>(() => Of(() =>
        {
            runs++;
            return Task.FromResult(false);
        }).AloneAsync(_ => { }, Token));
        Assert.Equal(3, runs);
        Assert.Contains("waited for another command", e.Message, StringComparison.Ordinal);
    }

    private static UnchangedBench Of(Func<Task<bool>> run) => new(
        new KernelBench("/", "/", _ => throw new InvalidOperationException("the engine was asked")),
        new KernelRequest { Name = "any", Source = new KernelSource.Tree("/"), Series = PatchSeries.None, Fragments = [], Tag = "" },
        (_, _) => run());
}
