namespace Faultline.Harness.Report.Plots;

/// <summary>One side of a plot.</summary>
/// <param name="Title">What it counts, with its unit.</param>
/// <param name="Base">Marks are its powers, equal steps equal factors, and all values above zero; null for an even scale.</param>
/// <param name="Text">A value in words.</param>
internal sealed record PlotAxis(string Title, double? Base, Func<double, string> Text)
{
    public bool IsLogarithmic => Base is not null;

    /// <summary>The values that get a mark: powers, or about five round numbers.</summary>
    /// <param name="least">The smallest value shown.</param>
    /// <param name="most">The largest.</param>
    public IEnumerable<double> Ticks(double least, double most) =>
        Base is { } number ? Powers(number, least, most) : Rounds(least, most);

    /// <summary>The ends moved outwards to marks, so that every line has one above and one below it.</summary>
    public (double Least, double Most) Whole((double Least, double Most) ends)
    {
        if (Base is { } number)
        {
            const double Slack = 1e-9;
            var (first, last) = (Math.Floor(Math.Log(ends.Least, number) + Slack), Math.Ceiling(Math.Log(ends.Most, number) - Slack));
            return (Math.Pow(number, first), Math.Pow(number, last));
        }

        var marks = Rounds(ends.Least, ends.Most).ToList();
        var step = marks.Count > 1 ? marks[1] - marks[0] : 0;
        return (ends.Least, marks.Count > 1 && marks[^1] < ends.Most ? marks[^1] + step : ends.Most);
    }

    /// <summary>Where a value lies between the ends, 0 to 1.</summary>
    public double Place(double value, double least, double most) => IsLogarithmic
        ? (Math.Log(value) - Math.Log(least)) / (Math.Log(most) - Math.Log(least))
        : (value - least) / (most - least);

    private static IEnumerable<double> Powers(double number, double least, double most)
    {
        // A value that is a power must not be lost to the logarithm's rounding.
        const double Slack = 1e-9;
        var first = (int)Math.Ceiling(Math.Log(least, number) - Slack);
        var last = (int)Math.Floor(Math.Log(most, number) + Slack);
        return Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(power => Math.Pow(number, power));
    }

    private static IEnumerable<double> Rounds(double least, double most)
    {
        var raw = (most - least) / 5;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = ((double[])[1, 2, 5, 10]).Select(factor => factor * magnitude).First(step => step >= raw);
        for (var value = Math.Ceiling(least / step) * step; value <= most + (step / 1e6); value += step)
            yield return value;
    }
}
