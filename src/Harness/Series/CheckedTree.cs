namespace Faultline.Harness.Series;

/// <summary>A tree in the middle of a series that was built, or its last one.</summary>
/// <param name="Patch">The last patch that is applied in it.</param>
/// <param name="Number">Its place in the series, as digits.</param>
/// <param name="BzImage">The bootable image.</param>
internal sealed record CheckedTree(string Patch, string Number, string BzImage);
