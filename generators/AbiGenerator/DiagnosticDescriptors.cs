using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator;

/// <summary>Every diagnostic of the generator. Each is described with its remedy in docs/diagnostics.md; FLT008 and later are those of the build targets.</summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Faultline.Abi";
    private const string HelpLink = "docs/diagnostics.md";

    public static readonly DiagnosticDescriptor UnreadableModel = Error(
        "FLT001", "The ABI model is missing or unreadable", "The ABI model '{0}' cannot be read: {1}. Extract it again or correct the item's path.");

    public static readonly DiagnosticDescriptor MalformedModel = Error(
        "FLT002", "The ABI model is malformed", "The ABI model '{0}' is malformed at {1}. Extract it again; it is not meant to be edited by hand.");

    public static readonly DiagnosticDescriptor WrongSchema = Error(
        "FLT003", "The ABI model has another schema", "The ABI model '{0}' has a schema this generator does not read, at {1}");

    public static readonly DiagnosticDescriptor NameCollision = new(
        "FLT004", "Two C names give one C# name", "'{0}' of '{1}' would be named '{2}' like another item, and is named '{3}' instead",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpLink);

    public static readonly DiagnosticDescriptor DuplicateModel = Error(
        "FLT005", "Two ABI models claim one place", "The ABI model '{0}' describes '{1}' for namespace '{2}' as '{3}' does. Give one of them another Namespace.");

    public static readonly DiagnosticDescriptor BadNamespace = Error(
        "FLT006", "The namespace is not valid", "The ABI model '{0}' asks for namespace '{1}', which is no C# namespace");

    public static readonly DiagnosticDescriptor UnresolvedItem = new(
        "FLT007", "The header holds something without C# form", "'{0}' ({1}) has no C# form: {2}",
        Category, DiagnosticSeverity.Hidden, isEnabledByDefault: true, helpLinkUri: HelpLink);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink);
}
