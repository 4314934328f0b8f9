namespace Faultline.Harness.Report;

/// <summary>In what two runs differ. The names, in lower case, are those in JSON.</summary>
internal enum RunDifferenceKind
{
    /// <summary>A kernel's verdict, or that of a control.</summary>
    Verdict,

    /// <summary>What came of a test.</summary>
    Outcome,

    /// <summary>What a scenario saw.</summary>
    Observation,

    /// <summary>A phase took longer.</summary>
    Slower,

    /// <summary>Only the first run has it.</summary>
    Gone,

    /// <summary>Only the second run has it.</summary>
    New,
}
