using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>Gathers what a guest's programs do, as the events arrive.</summary>
internal sealed class ProgramRuns
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, ProgramRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<PrintedLine>.Builder> _lines = new(StringComparer.Ordinal);

    /// <returns>What is wrong with the event; null when nothing is.</returns>
    public string? Add(GuestEvent e) => e switch
    {
        ProgramsEvent announced => Announce(announced),
        ProgramEvent began => Change(began.Id, run => run.Began is null, "began twice", run => run with { Began = began.T }),
        OutputEvent printed => Change(printed.Id, run => run.End is null, "printed after its end", run =>
        {
            _lines[run.Id].Add(new PrintedLine(printed.Text, printed.T));
            return run;
        }),
        ProgramEndedEvent ended => Change(ended.Id, run => run is { Began: not null, End: null }, "ended twice, or without a beginning",
            run => run with { End = ended.End }),
        _ => throw new ArgumentException($"{e.GetType().Name} is not about a program.", nameof(e)),
    };

    public ImmutableArray<ProgramRun> ToRuns() => [.. _ids.Select(id => _runs[id] with { Lines = _lines[id].ToImmutable() })];

    private string? Announce(ProgramsEvent announced)
    {
        foreach (var id in announced.Ids)
        {
            if (!_runs.TryAdd(id, new ProgramRun(id)))
                return $"the program '{id}' was announced twice";
            _ids.Add(id);
            _lines[id] = ImmutableArray.CreateBuilder<PrintedLine>();
        }

        return null;
    }

    private string? Change(string id, Func<ProgramRun, bool> may, string otherwise, Func<ProgramRun, ProgramRun> change)
    {
        if (!_runs.TryGetValue(id, out var run))
            return $"the program '{id}' was never announced";
        if (!may(run))
            return $"the program '{id}' {otherwise}";
        _runs[id] = change(run);
        return null;
    }
}
