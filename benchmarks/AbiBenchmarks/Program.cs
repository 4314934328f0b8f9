using System.Globalization;
using Faultline.AbiBenchmarks;

// dotnet run --project benchmarks/AbiBenchmarks -c Release [-- processes [ROUNDS]|generator]; what is measured and how: docs/abi-benchmarks.md.
const int DefaultRounds = 15;
switch (args)
{
    case []:
        return ProcessBenchmark.Run(DefaultRounds) is var status and not 0 ? status : GeneratorBenchmark.Run();
    case ["processes"]:
        return ProcessBenchmark.Run(DefaultRounds);
    case ["processes", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
        return ProcessBenchmark.Run(rounds);
    case ["generator"]:
        return GeneratorBenchmark.Run();
    default:
        Console.Error.WriteLine("usage: AbiBenchmarks [processes [ROUNDS] | generator]");
        return 2;
}
