using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>What did not get the name it would have alone, in the classes, enums and records of one model.</summary>
internal sealed record ModelClashes(ParsedModel Source, EquatableArray<NameClash> Clashes)
{
    public static ModelClashes Of(Emission emission)
    {
        var names = NamePlan.For(emission.Model);
        return new(new(emission.Path, emission.Model.Options, emission.Header, emission.Model.Spec, null),
            names.Clashes.Concat(StructEmitter.Plans(emission.Model, names).SelectMany(plan => plan.Clashes)).ToEquatableArray());
    }

    public IEnumerable<Problem> Problems(ProjectLists lists) => Clashes.Select(clash => PlannedNamespaces.Clash(clash, Source, lists));
}
