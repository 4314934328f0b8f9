// Kernels, engines and file modes: nothing here means anything elsewhere.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
