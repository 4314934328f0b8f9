using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class DeadlinesTests
{
    private static readonly double Kvm = new Accelerator(AcceleratorChoice.Auto, AcceleratorKind.Kvm, "").DeadlineFactor;
    private static readonly double Tcg = new Accelerator(AcceleratorChoice.Auto, AcceleratorKind.Tcg, "").DeadlineFactor;

    [Fact]
    public void An_emulated_cpu_has_longer_ones()
    {
        var deadlines = new Deadlines();
        Assert.Equal((30, 120, 10), (deadlines.BootSeconds(Kvm), deadlines.RunSeconds(Kvm), Deadlines.TestSeconds(Kvm)));
        Assert.Equal((120, 480, 40), (deadlines.BootSeconds(Tcg), deadlines.RunSeconds(Tcg), Deadlines.TestSeconds(Tcg)));
        Assert.True(deadlines.WatchdogSeconds(Tcg) > deadlines.RunSeconds(Tcg));
    }

    /// <summary>The suite refused what more than two thousand rounds were given.</summary>
    [Fact]
    public void However_many_rounds_the_suite_takes_the_deadline()
    {
        var deadlines = new Deadlines { Rounds = 100_000 };
        Assert.InRange(deadlines.RunSeconds(Tcg), 120 * 2000, 999_999);
        Assert.InRange(TimeSpan.FromSeconds(deadlines.WatchdogSeconds(Tcg)).TotalMilliseconds, 0, int.MaxValue);
    }

    [Fact]
    public void What_a_user_asked_for_is_taken_as_it_is()
    {
        var deadlines = new Deadlines { Boot = TimeSpan.FromSeconds(7), Run = TimeSpan.FromSeconds(50) };
        Assert.Equal((7, 50), (deadlines.BootSeconds(Tcg), deadlines.RunSeconds(Tcg)));
        Assert.Equal((7, 50), (deadlines.BootSeconds(Kvm), deadlines.RunSeconds(Kvm)));
    }
}
