using System.CommandLine;
using System.CommandLine.Parsing;

namespace Faultline.Cli.Commands;

/// <summary>Every command of the program.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Faultline: does a kernel built with this userfaultfd series behave as it promises, and what did the series do to the ABI?")
        {
            CommonOptions.Root,
            RunCommand.Create(),
            TestCommand.Create(),
            WatchCommand.Create(),
            RerunCommand.Create(),
            ShellCommand.Create(),
            BisectCommand.Create(),
            DiffRunsCommand.Create(),
            RecordCommand.Create(),
            NewVariantCommand.Create(),
            SeriesCommand.Create(),
            KernelCommand.Create(),
            MutantsCommand.Create(),
            AbiCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
            PruneCommand.Create(),
        };
        root.With(
            "faultline doctor                      what is missing on this machine",
            "faultline run                         base and every variant, side by side",
            "faultline test --kernel running       the suite on this machine's own kernel, in seconds",
            "faultline test --variant wp-zeropage  one variant");
        Examples.Install(root);
        return root;
    }

    /// <summary>Whether a command may have containers: all but those that only read headers and sources.</summary>
    public static bool RunsContainers(CommandResult result) => PathOf(result) is not ("abi extract " or "abi diff " or "abi consumers "
        or "abi emit ");

    /// <summary><c>abi diff </c> for the command of that name, empty for the root.</summary>
    public static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            names.Insert(0, command.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
