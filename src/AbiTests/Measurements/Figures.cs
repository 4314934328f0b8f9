using System.Diagnostics;
using System.Text.Json;

namespace Faultline.AbiTests.Measurements;

/// <summary>What one round found, by name.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, double> _seconds = [];
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>What pagemap says of the first page, protected; null where nothing says it.</summary>
    internal string? State { get; set; }

    /// <summary>Does <paramref name="work"/> and keeps how long it took.</summary>
    internal void Time(string name, Action work) => Add(name, SecondsOf(work));

    /// <param name="name">What took so long.</param>
    /// <param name="seconds">How long, in seconds.</param>
    internal void Add(string name, double seconds) => _seconds[name] = seconds;

    /// <param name="name">What was counted; its unit is a part of the name.</param>
    /// <param name="count">How much of it.</param>
    internal void Count(string name, long count) => _counts[name] = count;

    /// <summary>The middle of several: one disturbed by the machine must not move the figure.</summary>
    internal static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);

    internal static double SecondsOf(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal void Write(Utf8JsonWriter json)
    {
        if (State is not null)
            json.WriteString("state", State);
        json.WriteStartObject("seconds");
        foreach (var (name, seconds) in _seconds)
            json.WriteNumber(name, Math.Round(seconds, 9));
        json.WriteEndObject();
        json.WriteStartObject("counts");
        foreach (var (name, count) in _counts)
            json.WriteNumber(name, count);
        json.WriteEndObject();
    }
}
