namespace Faultline.Cli.Commands;

/// <summary>Something in which two runs differ.</summary>
internal sealed record RunDiffEntry(string Kind, string Kernel, string Item, string Before, string After, bool Worse);
