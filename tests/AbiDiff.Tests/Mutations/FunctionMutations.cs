using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>One change to one function of a header. Models have none to begin with, so each brings the one it changes.</summary>
internal static class FunctionMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("function-added", (spec, _) => With(spec, "u16 (u16)")),
        new("function-removed", (spec, _) => With(spec, "u16 (u16)")) { Backwards = true },
        Altered("function-signature-changed", "void (struct s *) { return #0 ; }"),
        Altered("function-retyped", "u16 (s64) { return #0 ; }"),
        Altered("function-body-changed", "u16 (u16) { return 1 ; }"),
        Altered("function-body-removed", "u16 (u16)"),
        Altered("function-became-macro", ""),
    ];

    private static Mutation Altered(string kind, string body) =>
        new(kind, (spec, _) => With(spec with { Unresolved = spec.Unresolved.Where(item => item.Name != Name).ToEquatableArray() }, body))
        {
            Before = spec => With(spec, "u16 (u16) { return #0 ; }"),
        };

    private const string Name = "brand_new";

    /// <summary>A model with a function; with a macro of its name where it has no types.</summary>
    private static AbiSpec With(AbiSpec spec, string body) => spec with
    {
        Unresolved = Mutation.And(spec.Unresolved, new UnresolvedSpec
        {
            Name = Name, Kind = body.Length > 0 ? "declaration" : "function-like", Body = body, Reason = "why",
        }),
    };
}
