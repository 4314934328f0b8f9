using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Guest.Shells;

/// <summary>The two ends of the streams that are joined to a shell in a guest.</summary>
/// <param name="Feed">Writes what the shell is to read, until there is no more.</param>
/// <param name="Take">Gets what it prints; a terminal's shell prints to its terminal only.</param>
internal sealed partial record ShellUser(
    Func<Stream, CancellationToken, Task> Feed, Action<OutputStream, ReadOnlyMemory<byte>> Take)
{
    /// <summary>Rows and columns of the terminal that the streams belong to; null for streams of a script.</summary>
    public (int Rows, int Columns)? Terminal { get; init; }

    /// <summary>What kind of terminal it is, as TERM says.</summary>
    public string? TerminalName { get; init; }

    /// <summary>The runner's word for it.</summary>
    public string Way => Terminal is null ? "pipe" : "terminal";

    /// <summary>What the guest's init is told of the terminal.</summary>
    public IReadOnlyList<string> KernelArguments => Terminal is not { } size ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"faultline.size={size.Rows}x{size.Columns}"),
        .. TerminalName is { } name && PlainName().IsMatch(name) ? (string[])[$"faultline.term={name}"] : [],
    ];

    /// <summary>Tells a guest that the terminal has another size now.</summary>
    /// <param name="guest">The guest's container.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static Task ResizeAsync(RunningContainer guest, int rows, int columns, CancellationToken cancellation) => guest.JoinAsync(
        ["/opt/faultline/tell-guest"],
        new MemoryStream(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"size {rows} {columns}\n"))),
        Stream.Null, cancellation);

    [GeneratedRegex(@"^[A-Za-z0-9+._-]{1,40}$")]
    private static partial Regex PlainName();
}
