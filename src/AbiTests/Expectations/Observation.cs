using System.Collections;
using System.Text;

namespace Faultline.AbiTests.Expectations;

/// <summary>What a scenario saw, in order: observable = value. <see cref="MustMatch"/> compares it with the profile.</summary>
/// <remarks>
/// Every expected observable must be observed and equal, and nothing else may be observed. Scenarios therefore hold no branches on
/// kernels: they do the same everywhere and the profile says what must come out.
/// </remarks>
public sealed class Observation : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _seen = [];
    private readonly string _key;

    private Observation(string key) => _key = key;

    /// <summary>The observation of the test that ran last; null when it made none.</summary>
    internal static Observation? Latest { get; set; }

    /// <summary>The scenario that runs, by its key; null while none does.</summary>
    internal static string? Running { get; set; }

    /// <summary>Starts the observation of the running scenario.</summary>
    public static Observation Begin() =>
        Latest = new(Running ?? throw new InvalidOperationException("Observations are made inside a running scenario."));

    /// <summary>Records one observable. Recording the same one twice is an error in the scenario.</summary>
    public string this[string observable]
    {
        set
        {
            if (_seen.Any(pair => pair.Key == observable))
                throw new InvalidOperationException($"'{observable}' is observed twice in {_key}.");
            _seen.Add(new(observable, value));
        }
    }

    /// <summary>The scenario came to its end: nothing that it means to observe is missing.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What the profile expects; empty when it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Expected => Profile.Current.Expect.GetValueOrDefault(_key)?.Values ?? new Dictionary<string, string>();

    /// <summary>Whether the scenario behaved exactly as the control does.</summary>
    public bool AsControl =>
        Profile.Current.ControlExpect.TryGetValue(_key, out var control) && control.SameAs(new Dictionary<string, string>(_seen));

    /// <summary>
    /// Fails the test unless what was seen is what the profile expects; a kernel that is only observed does nothing wrong.
    /// </summary>
    public void MustMatch()
    {
        IsWhole = true;
        if (Profile.Current.IsObserved)
            return;
        var expected = Expected;
        if (expected.Count == 0)
            Assert.Fail($"The profile '{Profile.Current.Name}' expects nothing of {_key}: add [expect.{_key}] to its variant.toml. Observed: {this}");

        var differences = new StringBuilder();
        foreach (var (observable, value) in _seen)
        {
            if (!expected.TryGetValue(observable, out var wanted))
                differences.Append($"\n  {observable}: observed {value}, but the profile does not list it");
            else if (wanted != value)
                differences.Append($"\n  {observable}: expected {wanted}, observed {value}");
        }
        foreach (var (observable, wanted) in expected)
        {
            if (_seen.All(pair => pair.Key != observable))
                differences.Append($"\n  {observable}: expected {wanted}, never observed");
        }
        if (differences.Length > 0)
            Assert.Fail($"{_key} does not behave as '{Profile.Current.Name}' promises:{differences}");
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _seen.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _seen.Select(pair => $"{pair.Key} = {pair.Value}"));
}
