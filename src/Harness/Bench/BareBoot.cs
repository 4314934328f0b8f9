using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Faultline.Harness.Bench;

/// <summary>A boot to an init that writes one line.</summary>
/// <param name="Seconds">From asking for the container to the line.</param>
/// <param name="KernelSeconds">The kernel's own time at the line.</param>
internal sealed record BareBoot(double Seconds, double KernelSeconds);

/// <summary>Reads the guest's kernel log for the line of images/guest/initramfs-init.</summary>
internal sealed partial class BareBootWatch
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public BareBoot? Result { get; private set; }

    public void Line(string line)
    {
        if (Result is null && Alive().Match(line) is { Success: true } match)
            Result = new BareBoot(_clock.Elapsed.TotalSeconds, double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^\[\s*(\d+\.\d+)\] faultline-init: alive")]
    private static partial Regex Alive();
}
