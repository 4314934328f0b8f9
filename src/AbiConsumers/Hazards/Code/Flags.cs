namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>What an expression of flags holds, as far as the source tells.</summary>
/// <param name="Names">Names of the header, through constants and local variables.</param>
/// <param name="Number">The line of a number other than zero, or 0.</param>
/// <param name="Largest">The largest number.</param>
/// <param name="IsKnown">Whether nothing else is in it: no parameter, no call, no field.</param>
internal sealed record Flags(IReadOnlySet<string> Names, int Number, long Largest, bool IsKnown)
{
    /// <summary>The parameter of its function that is all of what is not known; empty where something else is, or nothing.</summary>
    public string Parameter { get; init; } = "";

    public static Flags Zero { get; } = new(new HashSet<string>(), 0, 0, true);

    public static Flags Unknown { get; } = Zero with { IsKnown = false };

    public bool IsZero => IsKnown && Names.Count == 0 && Number == 0;

    public IEnumerable<string> Features => Names.Where(name => name.StartsWith(UffdNames.FeaturePrefix, StringComparison.Ordinal));

    public Flags With(Flags other) =>
        new(new HashSet<string>(Names.Concat(other.Names), StringComparer.Ordinal), Math.Max(Number, other.Number),
            Math.Max(Largest, other.Largest), IsKnown && other.IsKnown)
        {
            Parameter = IsKnown ? other.Parameter : other.IsKnown || Parameter == other.Parameter ? Parameter : "",
        };
}
