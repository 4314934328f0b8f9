// Types the compiler looks for by name and netstandard2.0 lacks.

namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
