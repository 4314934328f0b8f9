using Faultline.AbiTests.Measurements;
using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests;

/// <summary>The arguments of docs/guest-contract.md.</summary>
internal sealed record CommandLine(
    string ProfilePath, string EventsPath, IReadOnlyList<string> Filters, TimeSpan TestDeadline, TimeSpan RunDeadline, bool ListOnly,
    IReadOnlyList<Measurement> Measurements)
{
    private const int MostRounds = 100_000;

    /// <summary>How often the tests run.</summary>
    internal int Rounds { get; private init; } = 1;

    /// <summary>Draws the order of each round; null for the plan's.</summary>
    internal ulong? Seed { get; private init; }

    /// <summary>Ids of the tests to begin with.</summary>
    internal IReadOnlyList<string> First { get; private init; } = [];

    /// <summary>The round in which a test fails is the last.</summary>
    internal bool UntilFail { get; private init; }

    /// <summary>What there is to do: everything, but in a guest that goes on where another one was ended.</summary>
    internal RestOfRun Rest { get; private init; } = RestOfRun.Whole;

    internal const string Usage =
        "usage: Faultline.AbiTests --profile FILE --events PATH|- [--filter QUERY]... [--test-deadline SECONDS] " +
        "[--run-deadline SECONDS] [--list] [--repeat N] [--shuffle SEED] [--until-fail] [--first ID]... " +
        "[--guest N] [--round N] [--done ID]... [--without ID]... [--measure protect|feature|snapshot[=MIB]]...\n" +
        TestFilter.Syntax;

    /// <exception cref="FormatException">What is wrong with the arguments.</exception>
    internal static CommandLine Parse(string[] arguments)
    {
        string? profile = null, events = null;
        var measurements = new List<Measurement>();
        var (filters, first) = (new List<string>(), new List<string>());
        var testDeadline = TimeSpan.FromSeconds(30);
        var runDeadline = TimeSpan.FromMinutes(10);
        var (list, untilFail, rounds) = (false, false, 1);
        var (guest, round) = (1, 1);
        var (done, without) = (new List<string>(), new List<string>());
        ulong? seed = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            switch (name)
            {
                case "--profile": profile = Value(); break;
                case "--events": events = Value(); break;
                case "--filter": filters.Add(Value()); break;
                case "--test-deadline": testDeadline = Seconds(Value()); break;
                case "--run-deadline": runDeadline = Seconds(Value()); break;
                case "--list": list = true; break;
                case "--repeat": rounds = Rounds(Value()); break;
                case "--shuffle": seed = Seed(Value()); break;
                case "--first": first.Add(Value()); break;
                case "--until-fail": untilFail = true; break;
                case "--guest": guest = Rounds(Value()); break;
                case "--round": round = Rounds(Value()); break;
                case "--done": done.Add(Value()); break;
                case "--without": without.Add(Value()); break;
                case "--measure": measurements.Add(Measurement.Parse(Value())); break;
                default: throw new FormatException($"unknown argument '{name}'");
            }

            string Value() => ++i < arguments.Length ? arguments[i] : throw new FormatException($"{name} needs a value");

            TimeSpan Seconds(string text) => double.TryParse(text, out var seconds) && seconds is > 0 and < 1e6
                ? TimeSpan.FromSeconds(seconds)
                : throw new FormatException($"{name} needs a number of seconds above 0, not '{text}'");

            int Rounds(string text) => int.TryParse(text, out var count) && count is > 0 and <= MostRounds
                ? count
                : throw new FormatException($"{name} needs a number from 1 to {MostRounds}, not '{text}'");

            ulong Seed(string text) => ulong.TryParse(text, out var number)
                ? number
                : throw new FormatException($"{name} needs a whole number, not '{text}'");
        }
        if (profile is null)
            throw new FormatException("--profile FILE is missing");
        if (events is null && !list)
            throw new FormatException("--events PATH|- is missing");
        return new(profile, events ?? "-", filters, testDeadline, runDeadline, list, measurements)
        {
            Rounds = rounds, Seed = seed, UntilFail = untilFail, First = first,
            Rest = new RestOfRun(guest, round, [.. done], [.. without]),
        };
    }
}
