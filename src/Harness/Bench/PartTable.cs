using System.Collections.Immutable;

namespace Faultline.Harness.Bench;

/// <summary>Gathers the parts of a pair over its repetitions, in the order in which they were first named.</summary>
internal sealed class PartTable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, List<double>> _measured = [];
    private readonly Dictionary<string, List<double>> _beside = [];

    public void Measured(string name, double seconds) => Add(_measured, name, seconds);

    public void Beside(string name, double seconds) => Add(_beside, name, seconds);

    public ImmutableArray<Part> ToParts() => [.. _names.Select(name => new Part(name, Of(_measured, name), Of(_beside, name)))];

    private void Add(Dictionary<string, List<double>> side, string name, double seconds)
    {
        if (!_names.Contains(name))
            _names.Add(name);
        if (!side.TryGetValue(name, out var values))
            side[name] = values = [];
        values.Add(seconds);
    }

    private static Sample? Of(Dictionary<string, List<double>> side, string name) =>
        side.TryGetValue(name, out var values) ? Sample.Of(values) : null;
}
