using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;

namespace Faultline.Cli.Commands;

/// <summary><c>--list</c>: what <c>run</c> and <c>test</c> would run, and nothing else.</summary>
internal static class TestListOption
{
    public static Option<bool> Option { get; } = new("--list")
    {
        Description = "list the kernels and tests that would run, and run nothing",
    };

    /// <returns>The exit code: nothing selected proves nothing.</returns>
    public static int Print(IReadOnlyList<ListedCell> cells, bool json)
    {
        if (json)
            Console.Out.Write(JsonResults.Of(cells));
        else
            Print(Consoles.Out, cells);
        return cells.All(cell => cell.Tests.IsEmpty) ? ExitCodes.Vacuous : ExitCodes.Ok;
    }

    private static void Print(TextConsole console, IReadOnlyList<ListedCell> cells)
    {
        foreach (var cell in cells)
        {
            var promises = cell.Tests.Count(test => test.Promise);
            console.WriteLine($"{cell.Name}: {cell.Tests.Length} {(cell.Tests.Length == 1 ? "test" : "tests")}"
                + (promises > 0 ? $", {promises} of them promises" : ""));
            // On the control the tests are those of the variant, which are listed there.
            foreach (var test in cell.Cell.Expectation.Failing is null ? cell.Tests : [])
                console.WriteLine($"  {test.Scenario ?? test.Row ?? test.Suite,-22} {test.Title ?? test.Name}", hanging: 25);
        }
    }
}
