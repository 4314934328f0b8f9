using Faultline.AbiModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Faultline.AbiGenerator.Parsing;

/// <summary>What is wrong with an input, in a form that compares by value. <see cref="Diagnostic"/> does not.</summary>
/// <param name="Line">From 1; 0 for the whole file.</param>
internal sealed record Problem(string Id, string Path, int Line, int Column, EquatableArray<string> Arguments)
{
    /// <param name="documentation">See <see cref="HelpLinks.At"/>.</param>
    public Diagnostic ToDiagnostic(string documentation)
    {
        var position = new LinePosition(Math.Max(Line - 1, 0), Math.Max(Column - 1, 0));
        return Diagnostic.Create(HelpLinks.At(DiagnosticDescriptors.ById[Id], documentation),
            Location.Create(Path, default, new LinePositionSpan(position, position)), [.. Arguments]);
    }
}
