using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Matching;
using Faultline.AbiModel;

namespace Faultline.AbiConsumers;

/// <summary>Compares what a source defines with the header.</summary>
internal sealed class Comparison(AbiSpec spec, NameIndex index, Definitions definitions)
{
    private readonly Evaluator _evaluator = new(definitions, (spec.PointerSize is 0 ? 8 : spec.PointerSize) * 8, spec.Target);

    private readonly MachineOfFile _machines = new(spec.Target, definitions.Files);

    public ILookup<HeaderName, Site> Sites() => Constants().Concat(Records()).ToLookup(pair => pair.Name, pair => pair.Site);

    /// <summary>Every definition of a name. One that only takes the name from elsewhere is a mention and none.</summary>
    private IEnumerable<(HeaderName Name, Site Site)> Constants() =>
        from definition in definitions.Constants
        from name in Names(definition)
        let site = Constant(name, definition)
        where site.State != SiteState.Unclear || !definition.IsAliasOf(name.Name)
        group site by (name, definition.File, definition.Name, definition.Scope) into sites
        from site in InSeveralWays([.. sites])
        select (sites.Key.name, site);

    /// <summary>
    /// The sites of one name in one file. Which of several definitions holds, the branch of an <c>#if</c> or a <c>cfg</c> tells: where
    /// not all of them contradict the header, none is known to.
    /// </summary>
    private static IEnumerable<Site> InSeveralWays(IReadOnlyList<Site> sites)
    {
        if (sites.All(site => site.State == SiteState.Different) || !sites.Any(site => site.State == SiteState.Different))
            return sites;
        var ways = string.Join(" and ",
            sites.Select(site => $"{(site.State == SiteState.Unclear ? "more" : site.What)} in line {site.Line}"));
        return sites.Select(site => site.State == SiteState.Unclear ? site
            : site with { State = SiteState.Unclear, What = $"it is defined in several ways: {ways}" });
    }

    private List<HeaderName> Names(Definition definition)
    {
        var own = index.Find(definition.Name, definition.Scope).Where(name => name.Value is not null).ToList();
        return own.Count > 0 || definition.OtherName.Length == 0 ? own
            : [.. index.Find(definition.OtherName).Where(name => name.Value is not null)];
    }

    private Site Constant(HeaderName name, Definition definition)
    {
        Site At(SiteState state, string what) => new(definition.File, definition.Line, definition.Name, state, what);
        if (_machines.Other(definition.File) is { } other)
            return At(SiteState.Elsewhere, other);
        var evaluation = _evaluator.Evaluate(definition);
        if (evaluation.Value is not { } value)
            return At(SiteState.Unclear, evaluation.Reason);
        var state = name.SameValue(value) ? SiteState.Same : name.IsOutgrown(value) ? SiteState.Behind : SiteState.Different;
        return At(state, ConsumerReport.Text(name.Kind, value));
    }

    private IEnumerable<(HeaderName Name, Site Site)> Records() =>
        from record in definitions.Records
        where record.Fields.Count > 0 || record.Odd.Length > 0
        from name in index.Find(record.Name)
        where name.Struct is not null
        select (name, Record(name.Struct!, record));

    private Site Record(StructSpec header, RecordDefinition record)
    {
        Site At(SiteState state, string what) => new(record.File, record.Line, record.Name, state, what);
        if (_machines.Other(record.File) is { } other)
            return At(SiteState.Elsewhere, other);
        if (record.Odd.Length > 0)
            return At(SiteState.Unclear, record.Odd);
        if (definitions.SizeOf(record) is not { } size || spec.PointerSize is not (0 or 8))
            return At(SiteState.Unclear, "a field has a type whose size is not known from this source");
        if (size != header.Size)
            return At(SiteState.Different, $"{size} bytes");
        var own = record.Fields.Select(field => Spelling.Plain(field.Name)).Where(field => field.Length > 0).ToList();
        var shared = header.Fields.Select(field => Spelling.Plain(field.Name)).Intersect(own).ToList();
        var order = own.Where(shared.Contains);
        if (!order.SequenceEqual(shared))
            return At(SiteState.Different, "its fields are in another order");
        return Displaced(header, record) is { } field ? At(SiteState.Different, field) : At(SiteState.Same, $"{size} bytes");
    }

    /// <summary>The first field that has another place or size; null when all have the header's.</summary>
    private string? Displaced(StructSpec header, RecordDefinition record)
    {
        var fields = header.Fields.Where(field => field.Name.Length > 0 && field.BitWidth is null)
            .ToLookup(field => Spelling.Plain(field.Name), StringComparer.Ordinal);
        foreach (var (name, offset, size) in definitions.FieldsOf(record) ?? [])
        {
            if (fields[Spelling.Plain(name)].FirstOrDefault() is not { } field)
                continue;
            if (field.Offset != offset)
                return $"{field.Name} is at {offset}, not {field.Offset}";
            if (field.Size != size && !field.Type.IsFlexible)
                return $"{field.Name} has {size} bytes, not {field.Size}";
        }
        return null;
    }
}
