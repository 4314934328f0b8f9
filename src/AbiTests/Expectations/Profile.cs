using System.Text.Json;

namespace Faultline.AbiTests.Expectations;

/// <summary>One scenario's expectations: observable = value.</summary>
public sealed class Expectation(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Expected value of each observable.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } = values;

    /// <summary>Whether the same observables are expected to have the same values.</summary>
    public bool SameAs(IReadOnlyDictionary<string, string> other) =>
        Values.Count == other.Count && Values.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}

/// <summary>What the kernel under test promises: profile.json, as docs/guest-contract.md describes it.</summary>
public sealed class Profile
{
    private const string Schema = "faultline-profile/1";

    private static Profile? _current;

    private Profile(JsonElement root)
    {
        Name = Text(root, "name") ?? throw new FormatException("no 'name'");
        Role = Text(root, "role") ?? throw new FormatException("no 'role'");
        Tag = Text(root, "tag") ?? "";
        Feature = Text(root, "feature");
        FeatureBit = Bit(root, "featureBit");
        IsObserved = root.TryGetProperty("observe", out var observe) && observe.ValueKind == JsonValueKind.True;
        Expect = Tables(root, "expect");
        ControlExpect = Tables(root, "controlExpect");
    }

    /// <summary>The profile of this run.</summary>
    public static Profile Current =>
        _current ?? throw new InvalidOperationException("No profile is loaded; run the suite with --profile FILE.");

    /// <summary>Name of the kernel in every result.</summary>
    public string Name { get; }

    /// <summary>control, variant or reference.</summary>
    public string Role { get; }

    /// <summary>End of the kernel release, which tells this build apart; empty when identity is not asserted.</summary>
    public string Tag { get; }

    /// <summary>Macro of the feature the variant adds; null on the control.</summary>
    public string? Feature { get; }

    /// <summary>Bit number of the feature in UFFDIO_API, 0 to 63; null on the control, and for a series that adds no feature.</summary>
    public int? FeatureBit { get; }

    /// <summary>Nothing is known of the kernel: what scenarios see is told, and none of it is wrong.</summary>
    public bool IsObserved { get; }

    /// <summary>Expectations by scenario.</summary>
    public IReadOnlyDictionary<string, Expectation> Expect { get; }

    /// <summary>What the control shows, by scenario; empty when there is no control.</summary>
    public IReadOnlyDictionary<string, Expectation> ControlExpect { get; }

    /// <summary>The upstream kernel: newer than its model perhaps, and configured by somebody else.</summary>
    public bool IsReference => Role == "reference";

    /// <summary>Reads a profile and makes it the current one.</summary>
    /// <exception cref="FormatException">The file is no profile; the message says why.</exception>
    public static Profile Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (Text(document.RootElement, "schema") is var schema && schema != Schema)
                throw new FormatException($"schema is '{schema}', this suite reads '{Schema}'");
            return _current = new Profile(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new FormatException($"{path} is no readable profile: {e.Message}", e);
        }
    }

    /// <summary>Whether the profile expects something else of <paramref name="scenario"/> than the control.</summary>
    public bool IsPromise(string scenario) =>
        Expect.TryGetValue(scenario, out var mine) && ControlExpect.TryGetValue(scenario, out var control) && !mine.SameAs(control.Values);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Bit(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var bit) && bit is >= 0 and < 64
            ? bit
            : throw new FormatException($"'{name}' is {value.GetRawText()}, and a bit is a number from 0 to 63");
    }

    private static Dictionary<string, Expectation> Tables(JsonElement root, string name)
    {
        var tables = new Dictionary<string, Expectation>();
        if (!root.TryGetProperty(name, out var element) || element.ValueKind != JsonValueKind.Object)
            return tables;
        foreach (var table in element.EnumerateObject())
            tables[table.Name] = new(table.Value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? ""));
        return tables;
    }
}
