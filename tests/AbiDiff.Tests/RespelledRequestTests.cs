using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>A request that is a plain number on the other side: the name is there.</summary>
public sealed class RespelledRequestTests
{
    private static string Told(AbiSpec old, AbiSpec current) => string.Join('|', AbiDiffer.Compare(old, current));

    [Theory]
    [InlineData("21505", "ioctl-respelled A: request -> 0x5401")]
    [InlineData("21506", "constant-changed A: 0x5401 -> 0x5402")]
    public void The_number_decides(string number, string told) =>
        Assert.Equal(told, Told(Ioctl("A", code: 0x5401), Constants(Constant("A", number, expression: number == "21505" ? "0x5401" : ""))));

    [Fact]
    public void It_may_become_a_request() =>
        Assert.Equal("ioctl-respelled A: 0x5401 -> request", Told(Constants(Constant("A", "21505")), Ioctl("A", code: 0x5401)));

    /// <summary>The top bit makes a number of type int negative.</summary>
    [Fact]
    public void The_same_bits_are_the_same_number() => Assert.Equal("ioctl-respelled A: request -> 0x80045401",
        Told(Ioctl("A", code: 0x80045401), Constants(Constant("A", "-2147199999", S32))));
}
