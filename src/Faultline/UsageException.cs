using Faultline.Harness;

namespace Faultline.Cli;

/// <summary>The command line asks for something that cannot be: exit code 2.</summary>
internal sealed class UsageException(string message) : FaultlineException(kind: null, message);
