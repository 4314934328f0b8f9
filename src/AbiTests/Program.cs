using Faultline.AbiTests;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Generated;
using Faultline.AbiTests.Measurements;
using Faultline.AbiTests.Planning;
using Faultline.AbiTests.Processes;
using Faultline.AbiTests.Runner;
using Faultline.AbiTests.Watching;

return Program.Run(args);

/// <summary>The suite's entry point: arguments, events and exit codes of docs/guest-contract.md.</summary>
internal static partial class Program
{
    private const int Passed = 0, Failed = 1, BadUsage = 2, DeadlinePassed = 3;

    /// <summary>How long a test may take to come back after its descriptors were closed.</summary>
    private static readonly TimeSpan ReleaseGrace = TimeSpan.FromSeconds(5);

    internal static int Run(string[] arguments)
    {
        CommandLine line;
        Profile profile;
        EventWriter writer;
        Orders? orders = null;
        try
        {
            if (arguments is [Orders.Option, var port])
                orders = Orders.Await(port);
            line = CommandLine.Parse(orders?.Arguments ?? arguments);
            if (orders?.Abi is { } model)
                GeneratedPlan.Choose(model, "the order");
            else
                GeneratedPlan.Choose(AppContext.BaseDirectory);
            profile = Profile.Load(line.ProfilePath);
            writer = new EventWriter(line.ListOnly ? "-" : line.EventsPath);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{e.Message}\n{CommandLine.Usage}");
            return BadUsage;
        }

        var clock = FairClock.StartNew();
        using (writer)
        {
            foreach (var measurement in line.Measurements)
                measurement.Write(writer);
            if (line.Measurements.Count > 0)
                return Passed;

            var events = new SuiteEvents(writer, line.Rest);
            if (!line.ListOnly)
                events.Hello(profile);
            var tests = Suite.Plan(profile, new TestFilter(line.Filters));
            if (line.Filters.Count == 0 && Promises.WithoutScenario(profile, tests) is { Length: > 0 } unobserved)
            {
                Console.Error.WriteLine($"No scenario of this suite observes what the profile '{profile.Name}' expects of {string.Join(", ", unobserved)}: " +
                    "correct the table's name, write the scenario, or remove the table. With a --filter the other rows can be tried meanwhile.");
                return BadUsage;
            }
            events.Plan(tests, line.Rounds);
            if (line.ListOnly)
                return Passed;

            events.Live(orders?.Facts ?? LiveFacts.Ask());
            var hung = false;
            var order = new TestOrder(line.Seed, line.First);
            do
            {
                events.BeginRound();
                foreach (var test in order.Of(tests, test => test.Id, events.Round).Where(test => line.Rest.Has(test, events.Round)))
                    hung |= RunOne(test, events, line, clock);
            }
            while (events.Round < line.Rounds && !(line.UntilFail && events.AnyFailed));
            events.End(clock.Elapsed);
            return hung ? DeadlinePassed : events.AnyFailed ? Failed : Passed;
        }
    }

    /// <summary>Runs one test within its deadline. True: it passed the deadline, but came back once released.</summary>
    private static bool RunOne(PlannedTest test, SuiteEvents events, CommandLine line, FairClock clock)
    {
        Observation.Latest = null;
        GeneratedChecks.RefusedAsControl = false;
        var outcome = new TestOutcome();
        events.Start(test);
        if (Requirements.Unmet(test, Profile.Current) is { } reason)
        {
            outcome.SkipBecause(reason);
            events.Result(test, outcome, observation: null, hung: false);
            return false;
        }
        var run = Suite.Run(test, outcome);
        var left = line.RunDeadline - clock.Elapsed;
        var runEnds = left < line.TestDeadline;
        var patience = runEnds ? left : line.TestDeadline;
        var hung = !FairClock.StartNew().Wait(run, patience);
        if (hung)
        {
            var deadline = runEnds ? line.RunDeadline : line.TestDeadline;
            events.Hang(test, deadline, runEnds, HangDump.Write());
            // Closing may block as well, on a kernel that lost its way.
            new Thread(LiveResources.ReleaseAll) { IsBackground = true }.Start();
            // Beyond help: threads may be stuck in the kernel, so neither wait for them nor run finalizers.
            if (!FairClock.StartNew().Wait(run, ReleaseGrace) || runEnds)
                Native.ExitNow(DeadlinePassed);
            outcome.FailBecause($"The test passed its deadline of {deadline.TotalSeconds:0.###} s and ended only when its userfaultfds were closed.");
        }
        events.Result(test, outcome, Observation.Latest, hung);
        return hung;
    }
}
