using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.PlanGenerator;

/// <summary>A test method, with what its attributes say of it.</summary>
/// <remarks>Contract: compares by value, holds nothing of the compiler's.</remarks>
internal sealed record TestMethod(string Class, string Name)
{
    private const string OwnNamespace = "Faultline.AbiTests.";

    private static readonly DiagnosticDescriptor Unplannable = new(
        "FLP001", "The plan cannot hold this test", "{0}: {1}", "Faultline.Plan", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public bool IsStatic { get; private init; }

    public bool IsDisposable { get; private init; }

    public string? Suite { get; private init; }

    public string? Row { get; private init; }

    public string? Scenario { get; private init; }

    public string? Feature { get; private init; }

    public string? Title { get; private init; }

    public string? About { get; private init; }

    public bool NeedsKnob { get; private init; }

    /// <summary>Why the plan cannot hold it; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>The class as ids name it.</summary>
    public string ShortClass =>
        Class.StartsWith(OwnNamespace, StringComparison.Ordinal) ? Class.Substring(OwnNamespace.Length) : Class;

    /// <summary>Where it stands, when there is a problem: else a moved line would be a change.</summary>
    private (string File, TextSpan Span, LinePositionSpan Lines) Place { get; init; }

    public static TestMethod Of(GeneratorAttributeSyntaxContext match)
    {
        var method = (IMethodSymbol)match.TargetSymbol;
        var attribute = match.Attributes[0];
        var at = match.TargetNode.GetLocation().GetLineSpan();
        var known = new TestMethod(method.ContainingType.ToDisplayString(), method.Name)
        {
            IsStatic = method.IsStatic,
            IsDisposable = method.ContainingType.AllInterfaces.Any(type => type.SpecialType == SpecialType.System_IDisposable),
            Suite = Trait(method, "suite"),
            Row = Trait(method, "row"),
            Feature = Trait(method, "feature"),
        };
        if (ProblemOf(method, attribute) is { } problem)
            return known with { Problem = problem, Place = (at.Path, match.TargetNode.Span, at.Span) };
        if (attribute.AttributeClass?.Name != "ScenarioAttribute" || Words(attribute) is not { Count: > 2 } words)
            return known;
        return known with
        {
            Scenario = words[0],
            Row = words[0].Split('-')[0],
            Title = words[1],
            About = words[2],
            NeedsKnob = attribute.NamedArguments.Any(argument => argument is { Key: "NeedsKnob", Value.Value: true }),
        };
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Unplannable, Location.Create(Place.File, Place.Span, Place.Lines), $"{ShortClass}.{Name}", Problem);

    private static string? ProblemOf(IMethodSymbol method, AttributeData attribute) => method switch
    {
        { Parameters.Length: > 0 } => "a test has no parameters; write one for each row of data",
        { ReturnsVoid: false } => "a test returns nothing",
        { IsAsync: true } => "a test is not asynchronous",
        { IsGenericMethod: true } or { ContainingType.IsGenericType: true } => "a test is not generic",
        { ContainingType.ContainingType: not null } => "its class stands in another",
        { IsStatic: false, ContainingType.IsAbstract: true } => "its class is abstract",
        { IsStatic: false } when !method.ContainingType.InstanceConstructors.Any(IsPlain) =>
            "its class has no public constructor without parameters",
        _ when attribute.NamedArguments.Any(argument => argument.Key != "NeedsKnob") =>
            "its name is that of its method, its deadline is the suite's, and only its body may skip it",
        _ => null,
    };

    private static bool IsPlain(IMethodSymbol constructor) =>
        constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public };

    /// <summary>A trait of the method or its class.</summary>
    private static string? Trait(IMethodSymbol method, string name) => method.GetAttributes().Concat(method.ContainingType.GetAttributes())
        .Where(attribute => attribute.AttributeClass?.ToDisplayString() == "Xunit.TraitAttribute")
        .Select(Words)
        .FirstOrDefault(words => words.Count == 2 && words[0] == name)?[1];

    /// <summary>The texts that the attribute is given.</summary>
    private static List<string> Words(AttributeData attribute) =>
        [.. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<string>()];
}
