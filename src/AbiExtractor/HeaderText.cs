using Faultline.AbiExtractor.Stages;

namespace Faultline.AbiExtractor;

/// <summary>A header's text, and what it shows without a compiler: found out once, for however many machines the header is read.</summary>
public sealed class HeaderText
{
    private readonly Lazy<(MacroQuestions Questions, WantedNames Names)> _shown;

    public HeaderText(string text)
    {
        Text = text;
        // Several may look at once: one that never comes to an end is left behind, and must not keep the others waiting.
        _shown = new(Look, LazyThreadSafetyMode.PublicationOnly);
    }

    public string Text { get; }

    /// <summary>What to look for in another version of the header: where that has it no longer, one that it includes may.</summary>
    public WantedNames Names => _shown.Value.Names;

    /// <summary>Whether a name stands anywhere in the code.</summary>
    public bool Has(string name) => Names.Identifiers.Contains(name);

    /// <summary>What is likely to be asked about the header's own macros and enumerators.</summary>
    internal MacroQuestions Questions => _shown.Value.Questions;

    private (MacroQuestions Questions, WantedNames Names) Look()
    {
        var macros = MacroGuess.Read(Text);
        var questions = MacroQuestions.For(macros);
        return (questions, WantedNames.Of(macros.Own, questions, Text));
    }
}
