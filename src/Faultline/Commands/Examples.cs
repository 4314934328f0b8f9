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
            var code = inner.Invoke(parseResult);
            if (Texts.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }

            return code;
        }
    }
}
