using Faultline.Harness.Progress;
using Faultline.Harness.Sources.Bisecting;

namespace Faultline.Cli.Bisecting;

/// <summary>What a bisection asks of each commit.</summary>
internal interface IBisectQuestion
{
    /// <summary>What is asked, in words by which it is known again.</summary>
    string Words { get; }

    /// <summary>What a commit shows, a line each, to be compared with the good end; null where it cannot be told, and why.</summary>
    /// <param name="commit">A full name.</param>
    /// <param name="name">What a person calls it.</param>
    Task<(IReadOnlyList<string>? Shown, string Reason)> AskAsync(
        string commit, string name, IProgress<HarnessEvent> progress, CancellationToken cancellation);

    /// <summary>Whether what a commit shows is what is looked for.</summary>
    /// <param name="good">What the good end showed.</param>
    /// <param name="shown">What the commit shows.</param>
    BisectAnswer Judge(IReadOnlyList<string> good, IReadOnlyList<string> shown);
}
