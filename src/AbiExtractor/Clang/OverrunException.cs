namespace Faultline.AbiExtractor.Clang;

/// <summary>Thrown when reading a header took too long or too much memory and was given up.</summary>
internal sealed class OverrunException(string message) : Exception(message);
