namespace Faultline.AbiEmit.CSharp;

/// <summary>The C# name of one C name.</summary>
/// <param name="Scope">In which scope of C# the name stands, where there are several; else empty.</param>
/// <param name="C">A macro or enumerator, the <c>Id</c> of a record or enum, or a group's name with <c>_*</c> behind it.</param>
public sealed record GivenName(string Scope, string C, string CSharp)
{
    /// <summary>What the name map calls a type: two that headers of one namespace define differently have one id.</summary>
    public string Key => Scope.Length > 0 ? Scope : C;
}
