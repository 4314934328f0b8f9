namespace Faultline.Cli;

/// <summary>The exit codes that no verdict stands for; all of them are in docs/exit-codes.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Usage = 2;
    public const int AbiDrift = 3;
    public const int Vacuous = 9;
    public const int Infrastructure = 10;

    /// <summary>Ended by SIGHUP: the terminal was closed. 128 and the number of the signal, as shells count it.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGINT: Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
