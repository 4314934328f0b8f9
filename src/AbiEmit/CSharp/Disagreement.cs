namespace Faultline.AbiEmit.CSharp;

/// <summary>A record or enum that two models of one namespace describe differently.</summary>
/// <param name="Model">Which of the models, counted as they were given.</param>
/// <param name="Other">The model whose description was taken, counted likewise.</param>
/// <param name="Header">Where both say that it is defined.</param>
public sealed record Disagreement(int Model, int Other, string Id, string Header);
