using System.Diagnostics;
using Faultline.Cli.Shells;

namespace Faultline.Cli.Tests.Shells;

public class EscapeKeyTests
{
    private const byte Escape = 0x1d;
    private readonly EscapeKey _key = new();

    [Fact]
    public void Three_within_a_second_are_the_way_out() =>
        Assert.Equal([false, false, true], Typed((0, [Escape]), (0.3, [Escape]), (0.9, [Escape])));

    [Fact]
    public void Three_at_once_are_the_way_out() => Assert.Equal([true], Typed((0, [Escape, Escape, Escape])));

    [Fact]
    public void Slower_ones_are_the_guests() =>
        Assert.Equal([false, false, false, false], Typed((0, [Escape]), (0.6, [Escape]), (1.2, [Escape]), (2.3, [Escape])));

    [Fact]
    public void Another_key_between_them_begins_anew() =>
        Assert.Equal([false, false, false], Typed((0, [Escape, Escape]), (0.1, [(byte)'x']), (0.2, [Escape, Escape])));

    private List<bool> Typed(params (double Seconds, byte[] Keys)[] typed) =>
        [.. typed.Select(at => _key.Saw(at.Keys, 1 + (long)(at.Seconds * Stopwatch.Frequency)))];
}
