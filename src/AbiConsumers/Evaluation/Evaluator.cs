using System.Numerics;

namespace Faultline.AbiConsumers.Evaluation;

/// <summary>Evaluates constant expressions of integers. What it does not know for sure it refuses, with the reason; it never guesses.</summary>
/// <param name="pointerBits">Of the machine the header is for.</param>
/// <param name="target">Its triple.</param>
internal sealed class Evaluator(INames names, int pointerBits, string target)
{
    private const int DeepestNesting = 64;
    private const int WidestValue = 256;

    private readonly Dictionary<Definition, Evaluation> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Definition> _open = new(ReferenceEqualityComparer.Instance);

    public Evaluation Evaluate(Definition definition)
    {
        if (_known.TryGetValue(definition, out var known))
            return known;
        if (!_open.Add(definition))
            return new(null, $"{definition.Name} is defined by itself");
        var result = Try(definition);
        _open.Remove(definition);
        // A failure inside a cycle is that of the cycle, not of this name.
        if (result.Value is not null || _open.Count == 0)
            _known[definition] = result;
        return result;
    }

    private Evaluation Try(Definition definition)
    {
        try
        {
            var parser = new ExpressionParser(this, names, definition, pointerBits);
            return new(Bounded(parser.ReadWhole() + definition.Step), "");
        }
        catch (UnclearException unclear)
        {
            return new(null, unclear.Message);
        }
    }

    /// <summary>Whether requests made with <c>_IOR</c> and its like are encoded here as on the machine the header is for.</summary>
    public bool KnowsIoctls { get; } = IoctlMacro.HoldsFor(target);

    /// <summary>The value of another definition, or the end of the attempt.</summary>
    public BigInteger ValueOf(string name, string scope, Definition usedAt)
    {
        var found = names.Find(name, scope, usedAt) ?? throw new UnclearException($"{name} is not defined in this source, or in several ways");
        if (_open.Count >= DeepestNesting)
            throw new UnclearException("its names lead too deep");
        var evaluation = Evaluate(found);
        return evaluation.Value ?? throw new UnclearException($"{name} cannot be evaluated: {evaluation.Reason}");
    }

    public static BigInteger Bounded(BigInteger value) =>
        value.GetBitLength() <= WidestValue ? value : throw new UnclearException("the value is wider than any integer type");
}
