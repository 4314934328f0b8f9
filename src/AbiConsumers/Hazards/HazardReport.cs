namespace Faultline.AbiConsumers.Hazards;

/// <summary>What was found of misuse below a folder.</summary>
public sealed record HazardReport
{
    public required string Folder { get; init; }

    /// <summary>Files in a language that is read.</summary>
    public required int Files { get; init; }

    /// <summary>The files that name userfaultfd, by language.</summary>
    public required IReadOnlyDictionary<string, int> Users { get; init; }

    /// <summary>How many requests of userfaultfd these files make. Without one there was nothing to judge.</summary>
    public required int Requests { get; init; }

    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>Sources that no reader knows, by language.</summary>
    public required IReadOnlyList<UnreadFiles> Unread { get; init; }

    /// <summary>By kind, file and line.</summary>
    public required IReadOnlyList<Hazard> Hazards { get; init; }

    public IEnumerable<IGrouping<HazardKind, Hazard>> ByKind => Hazards.GroupBy(hazard => hazard.Kind)
        .OrderBy(group => HazardKind.All.ToList().IndexOf(group.Key));

    public string Summary => Hazards.Count == 0
        ? Requests == 0 ? "nothing to judge: no request of userfaultfd was found" : $"no hazards in {Requests} requests"
        : $"{Hazards.Count} {(Hazards.Count == 1 ? "hazard" : "hazards")}: " + string.Join(", ", Enum.GetValues<Sureness>().Reverse()
            .Select(sure => (Sure: sure, Count: Hazards.Count(hazard => hazard.Sure == sure))).Where(item => item.Count > 0)
                .Select(item => $"{item.Count} {item.Sure.ToString().ToLowerInvariant()}"));
}
