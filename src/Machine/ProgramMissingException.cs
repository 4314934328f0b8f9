namespace Faultline.Machine;

/// <summary>A program that is needed is not installed: exit code 10.</summary>
public sealed class ProgramMissingException(HostProgram program, string purpose)
    : Exception($"{program.Name} is not installed, and it is needed {purpose}. Debian: apt-get install {program.Package}.");
