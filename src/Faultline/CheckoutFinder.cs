using Faultline.Harness;

namespace Faultline.Cli;

/// <summary>Finds the Faultline checkout that a command works in.</summary>
internal static class CheckoutFinder
{
    /// <summary>The checkout that holds the current directory, else the one this program was published into.</summary>
    /// <exception cref="UsageException">Neither is inside a checkout.</exception>
    public static Checkout Find(string? asked) => FindOrNull(asked)
        ?? throw new UsageException(
            $"'{Environment.CurrentDirectory}' is not inside a Faultline checkout, which this command needs; change into one or name it "
                + $"with --root DIR.");

    /// <summary>Like <see cref="Find"/>, but null where there is none, for commands that also work outside one.</summary>
    /// <exception cref="UsageException">The folder asked for is not inside a checkout.</exception>
    public static Checkout? FindOrNull(string? asked)
    {
        string[] starts = asked is not null ? [asked] : [Environment.CurrentDirectory, AppContext.BaseDirectory];
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Faultline.slnx")))
                    return new Checkout(folder.FullName);
            }
        }

        return asked is null ? null
            : throw new UsageException($"'{asked}' is not inside a Faultline checkout: no Faultline.slnx there or above.");
    }
}
