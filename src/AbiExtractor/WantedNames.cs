using Faultline.AbiExtractor.Stages;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor;

/// <summary>The names of another version of a header: where the header itself has them no longer, one that it includes may.</summary>
public sealed class WantedNames
{
    private WantedNames(IReadOnlySet<string> macros, MacroQuestions questions, IReadOnlySet<string> identifiers) =>
        (Macros, Questions, Identifiers) = (macros, questions, identifiers);

    /// <summary>The names that were macros, those with arguments too.</summary>
    internal IReadOnlySet<string> Macros { get; }

    /// <summary>What is likely to be asked about the macros of these names; what they are here, the compiler tells.</summary>
    internal MacroQuestions Questions { get; }

    /// <summary>Every name, of whatever it is: more than are wanted do no harm.</summary>
    internal IReadOnlySet<string> Identifiers { get; }

    /// <summary>The names in the text of another version.</summary>
    /// <param name="macros">The macros that it defines, as far as a text tells.</param>
    /// <param name="questions">What it would be asked.</param>
    internal static WantedNames Of(IEnumerable<MacroDefinition> macros, MacroQuestions questions, string text) => new(
        macros.Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal),
        questions with { Enumerators = MacroQuestions.None.Enumerators },
        MacroGuess.Identifiers(text));

    /// <summary>The names in the model of another version.</summary>
    public static WantedNames Of(AbiSpec spec)
    {
        var requests = spec.Ioctls.Select(ioctl => ioctl.Name).ToHashSet(StringComparer.Ordinal);
        var macros = spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members))
            .Select(constant => constant.Name)
            .Concat(requests).Concat(spec.Unresolved.Select(item => item.Name)).ToHashSet(StringComparer.Ordinal);
        var tags = spec.Structs.Select(record => record.Name).Concat(spec.Enums.Select(item => item.Name))
            .Concat(spec.Typedefs.Select(item => item.Name));
        var members = spec.Enums.SelectMany(item => item.Members).Select(member => member.Name);
        return new(macros, new(macros, new HashSet<string>(), requests,
            new Dictionary<string, EnumeratorDefinition>(), new HashSet<(string, int)>()), macros.Concat(tags).Concat(members)
            .ToHashSet(StringComparer.Ordinal));
    }
}
