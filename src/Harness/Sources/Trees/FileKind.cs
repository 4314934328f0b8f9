namespace Faultline.Harness.Sources.Trees;

/// <summary>What kind of thing a path names.</summary>
internal enum FileKind
{
    Regular,
    Folder,
    Link,

    /// <summary>A device, a pipe or a socket: nothing that a source tree is made of.</summary>
    Other,
}
