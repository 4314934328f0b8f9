namespace Faultline.Harness.Programs;

/// <summary>The tests of one indentation of a TAP output, while it is read.</summary>
/// <param name="Indent">Blanks before each of its lines.</param>
/// <param name="Name">What a comment calls them before they end; null for the outermost and where none does.</param>
/// <param name="FirstTest">How many tests were read before the first that its next result may be made of.</param>
internal sealed record TapLevel(int Indent, string? Name, int FirstTest)
{
    /// <summary>How many results its plan promises; null while there is none.</summary>
    public int? Plan { get; set; }

    /// <summary>How many it has.</summary>
    public int Results { get; set; }

    /// <summary>A line says that this is TAP.</summary>
    public bool Announced { get; set; }

    public int FirstTest { get; set; } = FirstTest;

    /// <summary>The name of these tests in a message.</summary>
    public string Title => Indent == 0 ? "its output" : Name is null ? "a nested test" : $"the tests of '{Name}'";
}
