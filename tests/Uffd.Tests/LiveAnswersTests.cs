using Faultline.AbiModel;

namespace Faultline.Uffd.Tests;

/// <summary>Reading the facts of a <c>live</c> event, which a kernel under test had a part in.</summary>
public sealed class LiveAnswersTests
{
    private static Dictionary<string, string> Facts() => new()
    {
        ["features"] = "0x3fff",
        ["ioctls"] = "0x8000000000000003",
        ["requests"] = "0x8010aa01 0xc018aa3f",
        ["device"] = "0xaa00",
        ["message"] = "32",
        ["modes"] = "0x7",
        ["range.anon.missing"] = "0x1c",
        ["range.anon.missing+minor"] = "EINVAL",
        ["memory.hugetlb"] = "ENOMEM",
    };

    private static string Complaint(Dictionary<string, string> facts) => Assert.Throws<FormatException>(() => LiveAnswers.Parse(facts)).Message;

    [Fact]
    public void Every_fact_is_read()
    {
        var live = LiveAnswers.Parse(Facts());
        Assert.Equal(
            new LiveAnswers
            {
                Features = 0x3fff,
                Ioctls = 0x8000000000000003,
                Requests = EquatableArray.Of(0x8010aa01u, 0xc018aa3fu),
                DeviceRequests = EquatableArray.Of(0xaa00u),
                MessageSize = 32,
                RegisterModes = 7,
                Ranges = EquatableArray.Of(
                    new LiveRange("anon", EquatableArray.Of("missing"), "", 0x1c), new LiveRange("anon", EquatableArray.Of("missing", "minor"), "EINVAL", 0)),
                Unmapped = EquatableArray.Of("hugetlb"),
            },
            live);
    }

    [Fact]
    public void A_device_that_could_not_be_opened_is_kept_with_its_reason()
    {
        var live = LiveAnswers.Parse(new Dictionary<string, string>(Facts()) { ["device"] = "EACCES" });
        Assert.Equal(("EACCES", 0), (live.DeviceErrno, live.DeviceRequests.Count));
    }

    [Fact]
    public void Facts_of_a_later_version_are_left_aside() =>
        Assert.Equal(LiveAnswers.Parse(Facts()), LiveAnswers.Parse(new Dictionary<string, string>(Facts()) { ["future"] = "?" }));

    [Theory]
    [InlineData("features")]
    [InlineData("ioctls")]
    [InlineData("requests")]
    [InlineData("device")]
    [InlineData("message")]
    [InlineData("modes")]
    public void A_missing_fact_is_named(string fact)
    {
        var facts = Facts();
        facts.Remove(fact);
        Assert.Equal($"the kernel's answers lack '{fact}'", Complaint(facts));
    }

    [Theory]
    [InlineData("features", "16383")]
    [InlineData("features", "0x")]
    [InlineData("features", "0x10000000000000000")]
    [InlineData("requests", "0x8010aa01 wrong")]
    [InlineData("requests", "0x100000000")]
    [InlineData("message", "-1")]
    [InlineData("range.anon.wp", "")]
    public void A_malformed_fact_is_named_with_its_value(string fact, string value) =>
        Assert.Contains($"'{fact}' is '", Complaint(new(Facts()) { [fact] = value }), StringComparison.Ordinal);

    [Fact]
    public void A_range_without_modes_is_refused() => Assert.Contains("'range.anon'", Complaint(new(Facts()) { ["range.anon"] = "0x1" }), StringComparison.Ordinal);

    [Fact]
    public void Answers_without_any_range_are_refused_and_memory_without_ranges_is_enough()
    {
        var facts = Facts().Where(fact => !fact.Key.StartsWith("range.", StringComparison.Ordinal)).ToDictionary();
        Assert.Equal(["hugetlb"], LiveAnswers.Parse(facts).Unmapped);
        facts.Remove("memory.hugetlb");
        Assert.Contains("no range", Complaint(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_probe_that_failed_says_why() => Assert.Equal("no descriptor", Complaint(new(Facts()) { ["error"] = "no descriptor" }));
}
