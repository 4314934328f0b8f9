using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Faultline.Cli.Commands;

/// <summary>Adds an example section to a command's <c>--help</c>.</summary>
internal static class Examples
{
    private static readonly Dictionary<Command, string[]> Texts = [];

    public static T With<T>(this T command, params string[] examples)
        where T : Command
    {
        Texts[command] = examples;
        return command;
    }

    /// <summary>Wraps the root's help action; subcommands share it.</summary>
    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var (configuration, command) = (parseResult.InvocationConfiguration, parseResult.CommandResult.Command);
            var output = configuration.Output;
            using var text = new StringWriter();
            configuration.Output = text;
            var code = inner.Invoke(parseResult);
            configuration.Output = output;
            output.Write(WithBrackets(text.ToString(), command));
            if (Texts.TryGetValue(command, out var examples))
            {
                output.WriteLine("Examples:");
                foreach (var example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }

            return code;
        }

        /// <summary>A word that may be left out is in brackets; the library shows it as one that must be there.</summary>
        private static string WithBrackets(string text, Command command) =>
            command.Options.Where(option => option.HelpName is not null && option.Arity.MinimumNumberOfValues == 0
                    && option.Arity.MaximumNumberOfValues == 1)
                .Aggregate(text, (help, option) => help.Replace(
                    $"{option.Name} <{option.HelpName}>", $"{option.Name} [{option.HelpName}]", StringComparison.Ordinal));
    }
}
