using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Mutations.Mutation;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>Mutations of ioctl requests, and of the target.</summary>
internal static class IoctlMutations
{
    /// <summary>A magic that no generated request has.</summary>
    private const int FreeMagic = 0xAB;

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("ioctl-added", (spec, _) => spec with { Ioctls = And(spec.Ioctls, Coded(new IoctlSpec { Name = "BRAND_NEW", Type = FreeMagic, Number = 1 })) }),
        new("ioctl-removed", Ioctl(_ => null)),
        new("ioctl-number-changed", Ioctl(ioctl => Coded(ioctl with { Type = FreeMagic }))),
        new("ioctl-direction-changed", Ioctl(ioctl => Coded(ioctl with { Direction = ioctl.Direction == IoctlDirection.Read ? IoctlDirection.Write : IoctlDirection.Read }))),
        new("ioctl-size-changed", InDrm(false, Ioctl(ioctl => Coded(ioctl with { Size = ioctl.Size + 8 })))),
        new("ioctl-size-negotiated", InDrm(true, Ioctl(ioctl => Coded(ioctl with { Size = ioctl.Size + 8 })))),
        new("ioctl-argument-retyped", (spec, seed) => One(
            spec.Ioctls,
            seed,
            ioctl => ioctl.ArgumentType.Kind == TypeKind.Integer,
            ioctl => ioctl with { ArgumentType = TypeRef.Integer(ioctl.ArgumentType.ScalarSize,
                !ioctl.ArgumentType.IsSigned) }) is { } changed ? spec with { Ioctls = changed } : null),
        new("ioctl-argument-changed", Ioctl(ioctl => ioctl with { ArgumentType = new(TypeKind.Record, "struct somebody_else", default) })),
        new("ioctl-encoding-changed", Ioctl(ioctl => ioctl with { Code = ~ioctl.Code })),
        new("ioctl-respelled", (spec, seed) => spec.Ioctls.Count == 0 || spec.Ioctls[seed % spec.Ioctls.Count].Enumerator ? null : spec with
        {
            Ioctls = Replace(spec.Ioctls, seed % spec.Ioctls.Count, null),
            Constants = And(spec.Constants, Number(spec.Ioctls[seed % spec.Ioctls.Count])),
        }),
        new("ioctl-renamed", Ioctl(ioctl => ioctl with { Name = ioctl.Name + "_V2" })),
        new("ioctl-number-reused", Ioctl(ioctl => ioctl with { Name = "UNRELATED" })),
        new("ioctl-became-unresolvable", (spec, seed) => spec.Ioctls.Count == 0 ? null : spec with
        {
            Ioctls = Replace(spec.Ioctls, seed % spec.Ioctls.Count, null),
            Unresolved = And(spec.Unresolved, new UnresolvedSpec { Name = spec.Ioctls[seed % spec.Ioctls.Count].Name, Kind = "not-constant" }),
        }),
        new("ioctl-became-resolvable", (spec, seed) => spec.Unresolved.Count == 0 ? null : spec with
        {
            Unresolved = Replace(spec.Unresolved, seed % spec.Unresolved.Count, null),
            Ioctls = And(spec.Ioctls, Coded(new IoctlSpec { Name = spec.Unresolved[seed % spec.Unresolved.Count].Name, Type = FreeMagic, Number = 1 })),
        }),
        new("target-changed", (spec, _) => spec with { Target = "other" }),
    ];

    private static ConstantSpec Number(IoctlSpec ioctl) => new()
    {
        Name = ioctl.Name, CType = "unsigned int", Type = TypeRef.Integer(4, signed: false),
        Value = ioctl.Code.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Func<AbiSpec, int, AbiSpec?> InDrm(bool wanted, Func<AbiSpec, int, AbiSpec?> mutation) => (spec, seed) =>
        spec.Header.StartsWith("drm/", StringComparison.Ordinal) == wanted ? mutation(spec, seed) : null;

    private static Func<AbiSpec, int, AbiSpec?> Ioctl(Func<IoctlSpec, IoctlSpec?> change) => (spec, seed) =>
        One(spec.Ioctls, seed, _ => true, change) is { } changed ? spec with { Ioctls = changed } : null;

    private static IoctlSpec Coded(IoctlSpec ioctl) =>
        ioctl with { Code = ((uint)ioctl.Direction << 30) | ((uint)ioctl.Size << 16) | ((uint)ioctl.Type << 8) | (uint)ioctl.Number };
}
