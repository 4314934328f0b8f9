namespace Faultline.Cli.Terminal;

/// <summary>The line that <see cref="JsonProgress.Wait"/> writes.</summary>
internal sealed record Waiting(string Event, string Reason);
