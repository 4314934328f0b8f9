using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Measurements;

/// <summary>A measurement by its name.</summary>
/// <param name="Name">As <c>--measure</c> takes it, and in every event.</param>
/// <param name="DefaultMebibytes">Memory where none is asked for, in MiB.</param>
/// <param name="Write">Measures and tells; the second argument is in bytes.</param>
internal sealed record MeasurementKind(string Name, nuint DefaultMebibytes, Action<EventWriter, nuint> Write);
