using System.Globalization;
using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Which numbers belong together, and so which of them can be renamed or reused.</summary>
public sealed class FamilyTests
{
    /// <summary>Macros as headers write them: <c>NAME=value</c>.</summary>
    private static AbiSpec Macros(string macros) =>
        Constants([.. macros.Split(' ').Select(macro => macro.Split('=')).Select(parts => Constant(
        parts[0],
        (parts[1].StartsWith("0x", StringComparison.Ordinal)
            ? int.Parse(parts[1][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : int.Parse(parts[1], CultureInfo.InvariantCulture))
            .ToString(CultureInfo.InvariantCulture),
        expression: parts[1]))]);

    private static string[] Drift(string old, string current) =>
        [.. AbiDiffer.Compare(Macros(old), Macros(current)).Select(change => change.ToString())];

    private static AbiSpec Group(string name, params (string Name, int Bit)[] members) => new()
    {
        Flags = EquatableArray.Of(new GroupSpec
        {
            Name = name, Members = members.Select(member =>
                Constant(member.Name, (1 << member.Bit).ToString(CultureInfo.InvariantCulture))).ToEquatableArray(),
        }),
    };

    [Theory]
    [InlineData("X_BUF_FLAG_MAPPED=0x1 X_BUF_FLAG_QUEUED=0x2", "X_BUF_FLAG_MAPPED=0x1 X_BUF_FLAG_ERASE=0x2", "X_BUF_FLAG 2")]
    [InlineData("X_F_A=31 X_F_B=32", "X_F_A=31 X_F_C=32", "X_F 0x20")]
    [InlineData("X_IO_READ=0x10 X_IO_WRITE=0x20 X_IO_SYNC=0x40", "X_IO_READ=0x10 X_IO_WRITE=0x20 X_IO_ERASE=0x40", "X_IO 0x40")]
    [InlineData("X_IO_READ=1 X_IO_WRITE=2 X_IO_SYNC=4", "X_IO_READ=1 X_IO_WRITE=2 X_IO_ERASE=4", "X_IO 4")]
    public void Bits_written_as_numbers_are_reused(string old, string current, string where) =>
        Assert.StartsWith($"flag-bit-reused {where}: ", Assert.Single(Drift(old, current)), StringComparison.Ordinal);

    [Theory]
    [InlineData("X_F_VERSION=32 X_F_IOMMU_PLATFORM=33", "X_F_VERSION=32 X_F_ACCESS_PLATFORM=33")]
    [InlineData("X_FLAG_A=1 X_FLAG_READ_ALL=2", "X_FLAG_A=1 X_FLAG_READ_ALL_V2=2")]
    public void A_name_that_kept_most_of_its_words_or_its_own_last_is_renamed(string old, string current) =>
        Assert.StartsWith("flag-renamed ", Assert.Single(Drift(old, current)), StringComparison.Ordinal);

    [Theory]
    [InlineData("X_F_READ_BUFFER=1 X_F_SEND_BUFFER=2", "X_F_READ_BUFFER=1 X_F_DROP_BUFFER=2")]
    [InlineData("X_F_WP_ZERO=1 X_F_B=2", "X_F_WP_MARKER=1 X_F_B=2")]
    public void A_word_that_others_have_too_relates_none(string old, string current) =>
        Assert.StartsWith("flag-bit-reused ", Assert.Single(Drift(old, current)), StringComparison.Ordinal);

    [Theory]
    [InlineData("X_HEADER_SIZE=8 X_A=1", "X_QUEUE_DEPTH=8 X_A=1")]
    [InlineData("X_IO_SIZE=8 X_IO_DEPTH=3 X_IO_LIMIT=100", "X_IO_WIDTH=8 X_IO_DEPTH=3 X_IO_LIMIT=100")]
    [InlineData("X_IO_A=1 X_IO_B=2", "X_IO_A=1 X_IO_C=2")]
    public void Numbers_that_are_no_family_come_and_go(string old, string current) =>
        Assert.Equal(["constant-removed", "constant-added"], Drift(old, current).Select(change => change.Split(' ')[0]));

    [Fact]
    public void Two_words_of_bits_with_one_beginning_are_two_families()
    {
        var old = Group("X_ACCESS", ("X_ACCESS_FS_EXECUTE", 0), ("X_ACCESS_FS_WRITE", 1), ("X_ACCESS_FS_OLD", 3), ("X_ACCESS_NET_BIND", 0));
        var current = Group("X_ACCESS", ("X_ACCESS_FS_EXECUTE", 0), ("X_ACCESS_FS_WRITE", 1), ("X_ACCESS_NET_BIND", 0),
            ("X_ACCESS_NET_LISTEN", 3));
        Assert.Equal(["flag-removed X_ACCESS_FS_OLD: was 1 << 3", "flag-added X_ACCESS_NET_LISTEN: 1 << 3"],
            AbiDiffer.Compare(old, current).Select(change => change.ToString()));
    }

    [Fact]
    public void Within_one_word_a_bit_is_reused_all_the_same()
    {
        var old = Group("X_ACCESS", ("X_ACCESS_FS_EXECUTE", 0), ("X_ACCESS_FS_OLD", 3), ("X_ACCESS_NET_BIND", 0));
        var current = Group("X_ACCESS", ("X_ACCESS_FS_EXECUTE", 0), ("X_ACCESS_FS_NEW", 3), ("X_ACCESS_NET_BIND", 0));
        Assert.Equal("flag-bit-reused", Assert.Single(AbiDiffer.Compare(old, current)).Kind.Id);
    }

    [Theory]
    [InlineData("X_FLAG_OLD=4 X_FLAG_ALIAS=4 X_FLAG_B=1", "X_FLAG_ALIAS=4 X_FLAG_NEW=4 X_FLAG_B=1")]
    [InlineData("X_F_OLD=33 X_F_SAME=33", "X_F_SAME=33 X_F_NEW=33")]
    public void A_value_that_another_name_keeps_is_not_reused(string old, string current) =>
        Assert.Equal(["constant-removed", "constant-added"], Drift(old, current).Select(change => change.Split(' ')[0]));

    [Fact]
    public void A_member_of_an_enum_that_keeps_the_name_keeps_the_bit()
    {
        var old = Group("X_FLAG", ("X_FLAG_OLD", 2), ("X_FLAG_B", 0));
        var current = Group("X_FLAG", ("X_FLAG_NEW", 2), ("X_FLAG_B", 0)) with { Enums = Enum(U32, ("X_FLAG_OLD", 4)).Enums };
        Assert.DoesNotContain(AbiDiffer.Compare(old, current), change => change.Kind.Id is "flag-bit-reused" or "flag-removed");
    }
}
