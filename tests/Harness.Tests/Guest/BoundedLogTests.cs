using System.Text;
using CsCheck;
using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class BoundedLogTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abcd", "abcd", 0)]
    [InlineData("abcdefgh", "abcdefgh", 0)]
    [InlineData("abcdefghi", "abcd\n[... 1 bytes left out ...]\nfghi", 1)]
    [InlineData("abcdefghijklmnopqrst", "abcd\n[... 12 bytes left out ...]\nqrst", 12)]
    public void Both_ends_are_kept(string written, string kept, long leftOut) => Assert.Equal((kept, leftOut), Keep(half: 4, [written]));

    [Fact]
    public void However_it_arrives_the_same_is_kept() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 7].Array[0, 12], Gen.Int[1, 9]).Sample(
            (parts, half) => Assert.Equal(Keep(half, [string.Concat(parts)]), Keep(half, parts)), iter: 300);

    private static (string Kept, long LeftOut) Keep(int half, string[] parts)
    {
        using var folder = new TemporaryFolder();
        using var log = new BoundedLog(folder.Of("log"), half);
        foreach (var part in parts)
            log.Write(Encoding.ASCII.GetBytes(part));
        log.Complete();
        log.Dispose();
        return (File.ReadAllText(folder.Of("log")), log.LeftOut);
    }
}
