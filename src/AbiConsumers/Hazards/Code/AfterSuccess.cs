namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>Where a program is when a call of its succeeded.</summary>
internal enum AfterSuccess
{
    /// <summary>Behind the statement.</summary>
    GoesOn,

    /// <summary>The statement does not tell.</summary>
    Unknown,
}
