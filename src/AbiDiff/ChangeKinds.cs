using Faultline.AbiDiff.Kinds;

namespace Faultline.AbiDiff;

/// <summary>All kinds of drift.</summary>
public static class ChangeKinds
{
    /// <summary>Every kind, in the order of docs/abi-drift-kinds.md.</summary>
    public static IReadOnlyList<ChangeKind> All { get; } =
        [.. RecordKinds.All, .. ValueKinds.All, .. FunctionKinds.All, .. IoctlKinds.All, .. HeaderKinds.All];

    /// <summary>The kind of that id, or null.</summary>
    public static ChangeKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);
}
