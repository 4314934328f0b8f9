using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class PayloadFolderTests
{
    [Fact]
    public void It_holds_the_suite_the_profile_and_one_argument_a_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("published/Faultline.AbiTests", "program");
        folder.Write("published/sub/x", "x");
        folder.Write("payload/stale", "stale");
        var arguments = PayloadFolder.Arguments(["row:R12", "a b"], SuiteRounds.Once, ["a.b"], 40, 480);
        PayloadFolder.Create(folder.Of("published"), "{}", arguments, folder.Of("payload"));

        Assert.Equal(
            ["Faultline.AbiTests", "arguments", "profile.json", "sub/x"],
            Directory.EnumerateFiles(folder.Of("payload"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Of("payload"), path)).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "--profile", "/payload/profile.json", "--events", "/dev/virtio-ports/org.faultline.results", "--test-deadline", "40", "--run-deadline", "480",
                "--first", "a.b", "--filter", "row:R12", "--filter", "a b",
            ],
            File.ReadAllLines(folder.Of("payload", "arguments")));
    }

    [Fact]
    public void An_argument_with_a_newline_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("published/x", "x");
        Assert.Throws<ArgumentException>(() => PayloadFolder.Create(folder.Of("published"), "{}", ["a\nb"], folder.Of("payload")));
    }
}
