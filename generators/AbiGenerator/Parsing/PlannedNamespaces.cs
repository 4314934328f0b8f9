using System.Collections.Immutable;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>All models of the project, namespace by namespace, and what is wrong between them.</summary>
internal sealed record PlannedNamespaces(EquatableArray<Emission> Emissions, EquatableArray<NamespaceSupport> Supports,
    EquatableArray<Problem> Problems)
{
    public static PlannedNamespaces From(ImmutableArray<ParsedModel> parsed, ProjectLists lists)
    {
        var problems = new List<Problem>();
        var emissions = new List<Emission>();
        var supports = new List<NamespaceSupport>();
        var used = new HashSet<int>();
        foreach (var models in WithoutDuplicates(parsed, problems).GroupBy(model => model.Namespace, StringComparer.Ordinal))
        {
            var members = models.ToList();
            var plan = NamespacePlan.Of([.. members.Select(model => new NamespaceModel(Wanted(model.Spec!, lists, used), model.Options))],
                lists.Map);
            supports.Add(plan.Support);
            emissions.AddRange(plan.Models.Select(model =>
                Emission.Of(model, members.Find(member => member.Spec!.Header == model.Spec.Header)!)));
            problems.AddRange(plan.Disagreements.Select(item => members[item.Model].ProblemAt(
                DiagnosticDescriptors.Disagreement, "", item.Id, item.Header, Name(members[item.Model]), Name(members[item.Other]),
                    models.Key)));
            problems.AddRange(plan.Clashes.Select(clash => Clash(clash, members[0], lists)));
            problems.AddRange(plan.WidthChanges.Select(change => InMap(lists, lists.Places.OfWidth(change.Enum),
                $"The values of '{change.Enum}' no longer fit {change.Was}, which the name map has for it; it is {change.Is} now. "
                    + "Look where code stores or passes it as an integer, then run 'dotnet build -t:FaultlineNames'.")));
        }
        foreach (var line in lists.Only?.Names.Where(name => !used.Contains(name.Line)) ?? [])
            problems.Add(new(DiagnosticDescriptors.NothingOfThatName.Id, lists.OnlyPath, line.Line, 1, EquatableArray.Of(line.Pattern)));
        return new(emissions.ToEquatableArray(), supports.ToEquatableArray(), problems.ToEquatableArray());
    }

    /// <summary>
    /// Two names that would be one. Where the map keeps the name for a thing that is gone, code written for that thing would
    /// mean this one.
    /// </summary>
    public static Problem Clash(NameClash clash, ParsedModel model, ProjectLists lists)
    {
        // Of what stands in a record, the record's place is known.
        var record = clash.Owner.Split('.')[0];
        var at = (model.Spec!.Locations.FirstOrDefault(location =>
                location.Name == $"struct {record}" || location.Name == $"union {record}")
            ?? model.Spec.Locations.FirstOrDefault(location => location.Name == clash.C))?.At ?? "";
        return clash.Keeper.Length == 0
            ? model.ProblemAt(DiagnosticDescriptors.NameCollision, at, clash.C, clash.Owner, clash.Wanted, clash.Given)
            : InMap(lists, lists.Places.Of(clash.Scope, clash.Keeper),
                $"'{clash.C}' of '{clash.Owner}' would be named '{clash.Wanted}', which the name map keeps for '{clash.Keeper}', and "
                    + $"that is gone; it is named '{clash.Given}' instead. 'dotnet build -t:FaultlineNames' takes that over; to give it "
                    + $"'{clash.Wanted}', look that no code means '{clash.Keeper}' by it and delete the line of '{clash.Keeper}' "
                    + "from the map.");
    }

    private static Problem InMap(ProjectLists lists, (int Line, int Column) place, string message) => new(
        DiagnosticDescriptors.NameChangesHands.Id, lists.MapPath, place.Line, place.Column, EquatableArray.Of(message));

    private static AbiSpec Wanted(AbiSpec spec, ProjectLists lists, HashSet<int> used)
    {
        if (lists.Only is null)
            return spec;
        var (selected, lines) = lists.Only.Select(spec);
        used.UnionWith(lines);
        return selected;
    }

    /// <summary>The models to emit: each readable one, the first of those that claim one place.</summary>
    private static List<ParsedModel> WithoutDuplicates(ImmutableArray<ParsedModel> models, List<Problem> problems)
    {
        var kept = new List<ParsedModel>();
        foreach (var rivals in models.Where(model => model.Spec is not null).GroupBy(model => (model.Namespace, model.Spec!.Header)))
        {
            kept.Add(rivals.First());
            problems.AddRange(rivals.Skip(1).Select(rival => new Problem(DiagnosticDescriptors.DuplicateModel.Id, rival.Path, 0, 0,
                EquatableArray.Of(Name(rival), rival.Spec!.Header, rival.Namespace, Name(rivals.First())))));
        }
        return kept;
    }

    private static string Name(ParsedModel model) => System.IO.Path.GetFileName(model.Path);
}
