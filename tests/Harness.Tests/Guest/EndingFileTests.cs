using Faultline.Harness.Guest;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Guest;

public sealed class EndingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("ending stopped\n", nameof(GuestEnding.Stopped))]
    [InlineData("ending reset\n", nameof(GuestEnding.Reset))]
    [InlineData("ending deadline\nlimit 80\n", nameof(GuestEnding.Deadline))]
    [InlineData("ending killed\nsignal 9\n", nameof(GuestEnding.Killed))]
    [InlineData("ending broken\n", nameof(GuestEnding.Broken))]
    [InlineData("", nameof(GuestEnding.Broken))]
    [InlineData("ending \n\nlimit\nending", nameof(GuestEnding.Broken))]
    public void The_ending_is_read(string text, string ending) => Assert.Equal(ending, Read(text).Ending.ToString());

    [Fact]
    public void It_tells_the_deadline_and_how_busy_the_machine_was()
    {
        var file = Read("ending deadline\nlimit 80\nwaited 12500\nload 20.31\nprocessors 2\n");
        Assert.Equal(80, file.Limit);
        Assert.Equal(new HostLoad(50, 12.5, 20.31, 2), file.Host(50));
        Assert.True(file.Host(50)!.IsBusy);
        Assert.False(file.Host(500)!.IsBusy);
        Assert.Null(Read("ending stopped\n").Host(50));
        Assert.Null(file.Silence);
        Assert.Equal(60, Read("ending stopped\nwaited 1\nsilent 60\n").Silence);
    }

    [Theory]
    [InlineData("signal 9\n", "killed by signal 9")]
    [InlineData("signal 9\noom-kills 1\n", "ran out of memory")]
    [InlineData("signal 11\n", "QEMU crashed with signal 11")]
    public void Whoever_ended_QEMU_is_named(string text, string words) => Assert.Contains(words, Read("ending killed\n" + text).Killer, StringComparison.Ordinal);

    [Theory]
    [InlineData("signal 11\n", "QEMU crashed with signal 11")]
    [InlineData("signal 6\noom-kills 0\n", "QEMU crashed with signal 6")]
    [InlineData("signal 9\n", null)]
    [InlineData("signal 11\noom-kills 1\n", null)]
    [InlineData("", null)]
    public void A_crash_is_the_emulator_s_own_and_nobody_else_s_doing(string text, string? words) =>
        Assert.Equal(words, Read("ending killed\n" + text).Crash);

    [Fact]
    public void Without_a_file_it_is_broken()
    {
        var file = EndingFile.Read(_folder.Of("nothing"));
        Assert.Equal((GuestEnding.Broken, null, null, null), (file.Ending, file.Limit, file.Killer, file.Host(1)));
    }

    public void Dispose() => _folder.Dispose();

    private EndingFile Read(string text) => EndingFile.Read(_folder.Write("ending", text));
}
