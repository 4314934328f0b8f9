using System.Collections.Immutable;

namespace Faultline.Harness.Results;

/// <summary>Files of a run that the report keeps a copy of, by the key they get in <c>paths</c>.</summary>
/// <param name="Owner">The kernel's name, or <c>KERNEL.control-VARIANT</c>.</param>
/// <param name="Files">
/// <c>console</c>, <c>events</c>, <c>payload</c>, or a phase's name to a path; files that do not exist are left out.
/// </param>
internal sealed record RunLogs(string Owner, ImmutableDictionary<string, string> Files);
