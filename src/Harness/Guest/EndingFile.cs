using System.Globalization;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>What the runner script wrote about a guest's end, a word and its value a line; an empty one when there is no file.</summary>
internal sealed class EndingFile
{
    private readonly Dictionary<string, string> _values;

    private EndingFile(Dictionary<string, string> values) => _values = values;

    public GuestEnding Ending => _values.GetValueOrDefault("ending") switch
    {
        "stopped" => GuestEnding.Stopped,
        "reset" => GuestEnding.Reset,
        "deadline" => GuestEnding.Deadline,
        "killed" => GuestEnding.Killed,
        _ => GuestEnding.Broken,
    };

    /// <summary>The deadline that passed, seconds.</summary>
    public double? Limit => Number("limit");

    /// <summary>How long the suite had said nothing when it was given up, seconds.</summary>
    public double? Silence => Number("silent");

    /// <summary>Who killed QEMU; null when nobody did.</summary>
    public string? Killer => Number("signal") is not { } signal ? null
        : Number("oom-kills") is > 0 ? "the machine ran out of memory and its kernel killed QEMU (OOM killer). Free memory, or run fewer things beside it, and run again."
        : signal is 9 or 15 ? $"QEMU was killed by signal {signal}, by somebody or something outside of Faultline. Run again; if it recurs, look into the machine's kernel log for its OOM killer."
        : $"{Crash}; its log says more. Run again, or with another accelerator (--accel).";

    /// <summary>The emulator's own crash, which says nothing of the kernel unless it recurs; null when there was none.</summary>
    public string? Crash => Number("signal") is { } signal && signal is not (9 or 15) && Number("oom-kills") is not > 0
        ? $"QEMU crashed with signal {signal}" : null;

    /// <summary>How the guest came to stand ready.</summary>
    public GuestStart Start => _values.GetValueOrDefault("start") == GuestStart.Resumed.Name() ? GuestStart.Resumed : GuestStart.Cold;

    /// <summary>Why a snapshot did not come to life; null when none was tried, and when one did.</summary>
    public string? ResumeFailure => _values.GetValueOrDefault("resume-failed");

    public static EndingFile Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (line.Split(' ', 2) is [var word, var value])
                values[word] = value;
        }

        return new EndingFile(values);
    }

    /// <param name="seconds">How long the container ran.</param>
    public HostLoad? Host(double seconds) => Number("waited") is { } waited && Number("load") is { } load && Number("processors") is { } processors
        ? new HostLoad(Math.Round(seconds, 3), waited / 1000, load, (int)processors)
        : null;

    private double? Number(string word) =>
        double.TryParse(_values.GetValueOrDefault(word), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
