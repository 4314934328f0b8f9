using System.Globalization;
using Faultline.AbiExtractor.Clang;

namespace Faultline.AbiBenchmarks;

/// <summary>
/// Whole programs on the same headers. Each round runs every contender once on every header, so that a slow moment of the machine meets all of them;
/// a ratio is the median over the rounds of the two times of one round.
/// </summary>
internal static class ProcessBenchmark
{
    private const int MemoryRounds = 3;
    private const int LargestHeaders = 10;
    private const string HeaderFolder = "/usr/include/linux";

    public static int Run(int rounds)
    {
        try
        {
            Console.Out.Write($"libclang of all: {LibclangLocator.Description}\n\n");
            var contenders = (IReadOnlyList<Contender>)[Contender.Faultline(Repository.Root), .. Contender.Others];
            if (contenders.FirstOrDefault(contender => contender.IsMissing) is { } missing)
                throw new BenchmarkException($"{missing.Name} is missing; get it with: {missing.Package} ('./build.sh bench-abi' does it all)");
            if (!File.Exists(Contender.TimeProgram))
                throw new BenchmarkException("time(1) is missing; get it with: apt install time ('./build.sh bench-abi' does it all)");
            var headers = Headers(contenders);
            Console.Out.Write(ProcessTable.Write(contenders, headers.Select(header => Measure(contenders, header, rounds)).ToList(), rounds));
            return 0;
        }
        catch (Exception exception) when (exception is BenchmarkException or LibclangMissingException)
        {
            Console.Error.WriteLine($"AbiBenchmarks: {exception.Message}");
            return 10;
        }
    }

    /// <summary>userfaultfd.h and the largest headers that every contender reads.</summary>
    private static List<string> Headers(IReadOnlyList<Contender> contenders)
    {
        var first = Path.Combine(HeaderFolder, "userfaultfd.h");
        if (!File.Exists(first))
            throw new BenchmarkException($"{first} is missing; get it with: apt install linux-libc-dev");
        var largest = new DirectoryInfo(HeaderFolder).GetFiles("*.h").OrderByDescending(file => file.Length).Select(file => file.FullName).Where(file => file != first);
        return [first, .. largest.Where(header => contenders.All(contender => Reads(contender, header))).Take(LargestHeaders)];
    }

    private static bool Reads(Contender contender, string header)
    {
        using var output = new OutputFile();
        try
        {
            _ = ChildProcess.Run(contender.Program, contender.Arguments(header, output.Path), contender.Environment);
            return true;
        }
        catch (BenchmarkException exception)
        {
            Console.Error.WriteLine($"left out: {exception.Message}");
            return false;
        }
    }

    private static HeaderFigures Measure(IReadOnlyList<Contender> contenders, string header, int rounds)
    {
        Console.Error.WriteLine($"measuring {header} ({rounds} rounds)");
        using var output = new OutputFile();
        var times = contenders.ToDictionary(contender => contender, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // The order turns, so that none always runs after the same neighbour.
            foreach (var contender in contenders.Skip(round % contenders.Count).Concat(contenders.Take(round % contenders.Count)))
                times[contender].Add(ChildProcess.Run(contender.Program, contender.Arguments(header, output.Path), contender.Environment).TotalMilliseconds);
        }
        return new(header, [.. contenders.Select(contender => new ContenderFigures(
            contender, times[contender], PeakMemory(contender, header, output.Path), OverFirst(times[contenders[0]], times[contender])))]);
    }

    /// <summary>The first contender's time as a multiple of another's, paired by round.</summary>
    private static double OverFirst(List<double> first, List<double> other) => Median(first.Zip(other, (mine, theirs) => mine / theirs));

    /// <summary>Bytes resident at most, of the program and what it starts.</summary>
    private static double PeakMemory(Contender contender, string header, string output)
    {
        var report = output + ".time";
        var peaks = new List<double>();
        for (var round = 0; round < MemoryRounds; round++)
        {
            _ = ChildProcess.Run(Contender.TimeProgram, ["-f", "%M", "-o", report, contender.Program, .. contender.Arguments(header, output)], contender.Environment);
            peaks.Add(double.Parse(File.ReadAllLines(report)[^1], CultureInfo.InvariantCulture) * 1024);
        }
        File.Delete(report);
        return Median(peaks);
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private sealed class OutputFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}

/// <summary>What was measured on one header, the measured program first.</summary>
internal sealed record HeaderFigures(string Header, IReadOnlyList<ContenderFigures> Contenders);

/// <param name="Times">Milliseconds, one for each round.</param>
/// <param name="PeakMemory">Bytes.</param>
/// <param name="Ratio">The measured program's time as a multiple of this one's.</param>
internal sealed record ContenderFigures(Contender Contender, IReadOnlyList<double> Times, double PeakMemory, double Ratio);
