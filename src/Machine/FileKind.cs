namespace Faultline.Machine;

/// <summary>What stands at a path: opening a pipe waits for its other end, and replacing a device takes it from everybody.</summary>
public enum FileKind
{
    Missing,
    Regular,
    Directory,
    Pipe,
    Device,
    Socket,
}
