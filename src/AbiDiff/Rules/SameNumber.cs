using System.Numerics;

namespace Faultline.AbiDiff.Rules;

/// <summary>Numbers that are the same bits of one word: <c>1 &lt;&lt; 31</c> is negative in C and <c>1U &lt;&lt; 31</c> is not.</summary>
internal static class SameNumber
{
    private static readonly BigInteger Word = BigInteger.One << 32;

    private static readonly BigInteger LowestInt = -(BigInteger.One << 31);

    public static bool Is(BigInteger left, BigInteger right) => left == right || Wraps(left, right) || Wraps(right, left);

    private static bool Wraps(BigInteger negative, BigInteger positive) =>
        negative.Sign < 0 && negative >= LowestInt && negative + Word == positive;
}
