using System.Globalization;
using Faultline.AbiTests.Expectations;

namespace Faultline.AbiTests.Tests;

/// <summary>A series may take any free feature bit, and a kernel may know more features than its header or fewer.</summary>
public sealed class FeatureBitsTests
{
    private const ulong Linux61 = 0x1fff;

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(17)]
    [InlineData(40)]
    [InlineData(63)]
    public void The_profiles_bit_is_asked_for_and_seen(int bit)
    {
        foreach (var mayOfferMore in (bool[])[false, true])
        {
            var bits = new FeatureBits(Linux61, bit, mayOfferMore);
            Assert.Equal(1UL << bit, bits.UnderTest);
            Assert.Equal(Linux61 | 1UL << bit, bits.Seen(Linux61 | 1UL << bit));
            Assert.Equal(bit == 63 ? 1UL << 62 : 1UL << 63, bits.Unknown);
        }
    }

    [Theory]
    [InlineData(Linux61, 13)]
    [InlineData(0x1ffffUL, 17)]
    [InlineData(0UL, 0)]
    [InlineData(0x5fffUL, 13)] // a hole among the named bits
    public void Without_a_feature_the_lowest_free_bit_is_asked_for(ulong header, int bit) =>
        Assert.Equal(1UL << bit, new FeatureBits(header, null, MayOfferMore: false).UnderTest);

    [Fact]
    public void A_bit_that_the_header_does_not_name_shows_unless_the_kernel_may_be_newer()
    {
        const ulong answer = Linux61 | 1UL << 13 | 1UL << 20;
        Assert.Equal(answer, new FeatureBits(Linux61, 13, MayOfferMore: false).Seen(answer));
        Assert.Equal(Linux61 | 1UL << 13, new FeatureBits(Linux61, 13, MayOfferMore: true).Seen(answer));
    }

    [Fact]
    public void A_header_that_names_every_bit_has_no_unknown_one() =>
        Assert.Throws<InvalidOperationException>(() => new FeatureBits(ulong.MaxValue, 13, MayOfferMore: false).Unknown);

    /// <summary>Whatever this machine's kernel offers: it takes the bit and shows it, or refuses it.</summary>
    [Theory]
    [Trait("needs", "userfaultfd")]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(17)]
    [InlineData(40)]
    [InlineData(63)]
    public void The_rows_of_the_handshake_pass_for_any_bit(int bit)
    {
        var live = SuiteProcess.Run(Profile(bit, "EINVAL", "0x0", "0x0"), "--filter", "row=R1").Events
            .Single(e => e.GetProperty("event").GetString() == "live").GetProperty("facts").GetProperty("features").GetString()!;
        var isOffered = (ulong.Parse(live.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> bit & 1) == 1;
        var run = SuiteProcess.Run(
            isOffered ? Profile(bit, "ok", live, live) : Profile(bit, "EINVAL", "0x0", live),
            "--filter", "row=R1", "--filter", "row=R2", "--filter", "row=R3", "--filter", "row=R4");
        Assert.Equal(
            ["R1 passed", "R2 passed", "R3 passed", "R4 passed", "R4 passed"],
            run.Plan.Zip(run.Events.Where(e => e.GetProperty("event").GetString() == "result"), (test, result) =>
                $"{test.GetProperty("row").GetString()} {result.GetProperty("outcome").GetString()}"));
    }

    [Theory]
    [InlineData("64")]
    [InlineData("-1")]
    [InlineData("13.5")]
    [InlineData("\"13\"")]
    public void A_bit_that_is_none_is_refused(string bit)
    {
        var run = SuiteProcess.Run($$"""{ "schema": "faultline-profile/1", "name": "example", "role": "variant", "featureBit": {{bit}} }""", "--list");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'featureBit' is {bit}", run.Error, StringComparison.Ordinal);
    }

    private static string Profile(int bit, string errno, string answer, string offered) => $$"""
        { "schema": "faultline-profile/1", "name": "example", "role": "variant", "feature": "UFFD_FEATURE_EXAMPLE", "featureBit": {{bit}},
          "expect": {
            "R1": { "errno": "EINVAL", "answer": "zeroed" },
            "R2": { "errno": "{{errno}}", "features": "{{answer}}" },
            "R3": { "features": "{{offered}}", "pagemap": "-" },
            "R4-second": { "errno": "EINVAL" },
            "R4-after-failure": { "refused": "EINVAL", "errno": "ok" } } }
        """;
}
