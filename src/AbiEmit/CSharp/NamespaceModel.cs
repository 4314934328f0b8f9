using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>A model that is to become C# together with the others of its namespace.</summary>
public sealed record NamespaceModel(AbiSpec Spec, CSharpOptions Options);
