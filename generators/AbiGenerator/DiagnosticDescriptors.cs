using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator;

/// <summary>
/// Every diagnostic of the generator. Each is described with its remedy in docs/diagnostics.md; FLT008 to FLT010 are
/// those of the build targets.
/// </summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Faultline.Abi";

    public static readonly DiagnosticDescriptor UnreadableModel = New(
        "FLT001", DiagnosticSeverity.Error, "The ABI model is missing or unreadable",
        "The ABI model '{0}' cannot be read: {1}. Extract it again or correct the item's path.");

    public static readonly DiagnosticDescriptor MalformedModel = New(
        "FLT002", DiagnosticSeverity.Error, "The ABI model is malformed",
        "The ABI model '{0}' is malformed at {1}. Extract it again; it is not meant to be edited by hand.");

    public static readonly DiagnosticDescriptor WrongSchema = New(
        "FLT003", DiagnosticSeverity.Error, "The ABI model has another schema",
        "The ABI model '{0}' has a schema this generator does not read, at {1}");

    public static readonly DiagnosticDescriptor NameCollision = New(
        "FLT004", DiagnosticSeverity.Info, "Two C names give one C# name",
        "'{0}' of '{1}' would be named '{2}' like another item, and is named '{3}' instead");

    public static readonly DiagnosticDescriptor DuplicateModel = New(
        "FLT005", DiagnosticSeverity.Error, "Two ABI models claim one place",
        "The ABI model '{0}' describes '{1}' for namespace '{2}' as '{3}' does. Give one of them another Namespace.");

    public static readonly DiagnosticDescriptor BadNamespace = New(
        "FLT006", DiagnosticSeverity.Error, "The namespace is not valid",
        "The ABI model '{0}' asks for namespace '{1}', which is no C# namespace");

    public static readonly DiagnosticDescriptor UnresolvedItem = New(
        "FLT007", DiagnosticSeverity.Hidden, "The header holds something without C# form",
        "'{0}' ({1}) has no C# form: {2}");

    public static readonly DiagnosticDescriptor Disagreement = New(
        "FLT011", DiagnosticSeverity.Error, "Two ABI models disagree on one type",
        "'{0}' of '{1}' is one thing in the ABI model '{2}' and another in '{3}', and both are for namespace '{4}'. "
            + "Models of two kernels or two targets need a Namespace each.");

    public static readonly DiagnosticDescriptor NameChangesHands = New(
        "FLT012", DiagnosticSeverity.Warning, "A C# name would change its meaning",
        "{0}");

    public static readonly DiagnosticDescriptor MalformedNames = New(
        "FLT013", DiagnosticSeverity.Error, "The name map is malformed",
        "The name map '{0}' is malformed at {1}. 'dotnet build -t:FaultlineNames' writes it.");

    public static readonly DiagnosticDescriptor NothingOfThatName = New(
        "FLT014", DiagnosticSeverity.Warning, "Nothing has the wanted name",
        "No header of the project has anything that '{0}' names");

    /// <summary>The descriptors by their id, in which form problems name them.</summary>
    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById = new[]
    {
        UnreadableModel, MalformedModel, WrongSchema, NameCollision, DuplicateModel, BadNamespace, UnresolvedItem, Disagreement,
        NameChangesHands, MalformedNames, NothingOfThatName,
    }.ToDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);

    private static DiagnosticDescriptor New(string id, DiagnosticSeverity severity, string title, string message) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}
