using System.Numerics;

namespace Faultline.AbiDiff.Rules;

/// <summary>
/// A name of a number that is there on both sides, in another place: another enum, or once an enumerator and once a
/// macro.
/// </summary>
/// <param name="Old">What it was in: an enum, or <c>macro</c>.</param>
/// <param name="New">What it is in.</param>
/// <param name="WasEnd">It stood for the end of a list.</param>
/// <param name="IsEnd">It stands for the end of a list.</param>
/// <param name="IsDefined">A program finds it with <c>#ifdef</c>.</param>
internal sealed record Crossing(
    string Name, string Old, string New, BigInteger Was, BigInteger Is, bool WasEnd, bool IsEnd, bool IsDefined);
