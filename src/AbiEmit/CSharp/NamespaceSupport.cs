namespace Faultline.AbiEmit.CSharp;

/// <summary>What the types that a namespace's code shares depend on.</summary>
/// <param name="ByteOrders">Whether a field has its own byte order.</param>
public sealed record NamespaceSupport(string Namespace, bool Internal, bool ByteOrders);
