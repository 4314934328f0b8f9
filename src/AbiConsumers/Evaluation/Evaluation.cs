using System.Numerics;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>What a definition is worth, or why that cannot be said.</summary>
internal readonly record struct Evaluation(BigInteger? Value, string Reason);

/// <summary>An expression has no value that can be told from this source alone.</summary>
internal sealed class UnclearException(string reason) : Exception(reason);

/// <summary>What an expression may refer to.</summary>
internal interface INames
{
    /// <summary>The definition a name means when it is used at another one; null when the source has none, or several that differ.</summary>
    /// <param name="scope">What the name is qualified with (<c>Features</c> of <c>Features::WP</c>), or empty.</param>
    Definition? Find(string name, string scope, Definition usedAt);

    /// <summary>The size in bytes of a struct that the source itself defines; null when it is not known.</summary>
    long? SizeOf(string record, string file);
}
