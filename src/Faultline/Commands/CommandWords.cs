using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Faultline.Cli.Runs;

namespace Faultline.Cli.Commands;

/// <summary>A command line as words again, so that it can be kept, changed and given once more.</summary>
/// <param name="Command">The names of the command: <c>test</c>.</param>
/// <param name="Options">Each option that was given, with its words.</param>
internal sealed record CommandWords(IReadOnlyList<string> Command, IReadOnlyList<(Option Option, string[] Words)> Options)
{
    public static CommandWords Of(ParseResult parsed)
    {
        var names = new List<string>();
        var options = new List<(Option, string[])>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            if (command.Command is not RootCommand)
                names.Insert(0, command.Command.Name);
            options.AddRange(command.Children.OfType<OptionResult>().Where(option => !option.Implicit).Select(option =>
                (option.Option, (string[])[.. Words(option)])));
        }

        return new CommandWords(names, options);
    }

    /// <summary>All of it, without the program.</summary>
    public IReadOnlyList<string> All => [.. Command, .. Options.SelectMany(option => option.Words)];

    /// <summary>These words without some options.</summary>
    public CommandWords Without(params Option[] options) =>
        this with { Options = [.. Options.Where(given => !options.Contains(given.Option))] };

    /// <summary>These words with an option in place of what it was before.</summary>
    public CommandWords With(Option option, params string[] values) => this with
    {
        Options = [.. Without(option).Options, (option, [.. values.SelectMany(value => (string[])[option.Name, value])])],
    };

    /// <summary>The seed that was chosen in place of the one that nobody named.</summary>
    public CommandWords With(RunOptions options) => options.Rounds.Seed is { } seed
        ? With(RoundOptions.Shuffle, seed.ToString(CultureInfo.InvariantCulture)) : this;

    private static IEnumerable<string> Words(OptionResult option) => option.Tokens.Count == 0
        ? [option.Option.Name] : option.Tokens.SelectMany(token => (string[])[option.Option.Name, token.Value]);
}
