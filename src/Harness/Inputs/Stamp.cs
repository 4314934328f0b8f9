using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Faultline.Harness.Inputs;

/// <summary>
/// What a result is made from. Kept with the result, it says whether the result still stands, and if not, which
/// inputs made it again.
/// </summary>
/// <param name="inputs">Each name once.</param>
[JsonConverter(typeof(StampConverter))]
internal sealed class Stamp(params IEnumerable<Input> inputs) : IEquatable<Stamp>
{
    private readonly ImmutableArray<Input> _inputs = [.. inputs];

    public IReadOnlyList<Input> Inputs => _inputs;

    /// <summary>Every file and folder that was read; none for a stamp that was kept, which holds their hashes.</summary>
    public IReadOnlyList<string> Files => [.. _inputs.SelectMany(input => input.Files).Distinct(StringComparer.Ordinal)];

    /// <summary>64 hexadecimal digits over all of it: the name of a result that is kept under what it was made from.</summary>
    public string Key => InputHash.Of(hash =>
    {
        foreach (var input in _inputs)
            hash.Add(input.Name, input.Value);
    });

    /// <summary>The value of an input, or null.</summary>
    public string? this[string name] => _inputs.FirstOrDefault(input => input.Name == name)?.Value;

    /// <summary>This stamp with another value of one input.</summary>
    public Stamp With(Input changed) => new(_inputs.Select(input => input.Name == changed.Name ? changed : input));

    /// <summary>The names of the inputs that are not those of <paramref name="earlier"/>, in this stamp's order.</summary>
    public IReadOnlyList<string> Differences(Stamp earlier) =>
        [.. _inputs.Where(input => earlier[input.Name] != input.Value).Select(input => input.Name)];

    /// <summary>Whether a result of these inputs is one of the other's as well, whatever the other has beyond them.</summary>
    public bool IsPartOf(Stamp other) => Differences(other).Count == 0;

    /// <summary>Why a result is made again.</summary>
    /// <param name="earlier">What the kept result was made from; null when there is none.</param>
    /// <param name="never">The answer for none: <c>not published yet</c>.</param>
    /// <returns><c>series and config changed</c>; null when the kept result stands.</returns>
    public string? Reason(Stamp? earlier, string never)
    {
        if (earlier is null)
            return never;
        return Differences(earlier) is { Count: > 0 } changed ? $"{Words(changed)} changed" : null;
    }

    /// <summary><c>series</c>, <c>series and config</c>.</summary>
    public static string Words(IReadOnlyList<string> names) => string.Join(" and ", names);

    public bool Equals(Stamp? other) => other is not null
        && _inputs.Select(input => (input.Name, input.Value)).SequenceEqual(other._inputs.Select(input => (input.Name, input.Value)));

    public override bool Equals(object? obj) => Equals(obj as Stamp);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
