namespace Faultline.Cli;

/// <summary>What to print and which exit code to give for an exception that a user can act on.</summary>
internal sealed record Failure(int ExitCode, string Message);
