using Faultline.AbiModel.Json;

namespace Faultline.AbiModel;

/// <summary>Reads and writes <c>.abi.json</c> text (schema <c>faultline-abi/1</c>, described in docs/abi-model.md).</summary>
public static class AbiFile
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="AbiFormatException">The text is no model of this schema; the exception says where and why.</exception>
    public static AbiSpec Parse(string text) => AbiJsonReader.Read(text);

    /// <summary>The model as text: sorted, one item a line, ends with a newline. The same model always gives the same text.</summary>
    public static string Format(AbiSpec spec) => AbiJsonWriter.Write(spec);
}
