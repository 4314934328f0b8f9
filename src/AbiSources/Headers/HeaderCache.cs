namespace Faultline.AbiSources.Headers;

/// <summary>Installed headers of commits. A commit never changes, so its headers are made once for each architecture.</summary>
/// <remarks>In <c>$XDG_CACHE_HOME/faultline/uapi</c>, about 8 MB an entry; deleting it costs only time.</remarks>
internal sealed record HeaderCache(string Folder)
{
    public static HeaderCache OfUser()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new(Path.Combine(cache, "faultline", "uapi"));
    }

    /// <summary>The include root for a key, made by <paramref name="make"/> in a scratch directory when it is not there yet.</summary>
    /// <param name="make">Fills the directory it is given and says which one below it is the include root.</param>
    public async Task<string> GetAsync(string key, Func<string, Task<string>> make)
    {
        var entry = Path.Combine(Folder, key);
        if (Directory.Exists(entry))
            return entry;
        Directory.CreateDirectory(Folder);
        var scratch = Path.Combine(Folder, $".{key}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(scratch);
        try
        {
            var root = await make(scratch);
            try
            {
                // Whole or not at all, also when two runs make the same entry.
                Directory.Move(root, entry);
            }
            catch (IOException) when (Directory.Exists(entry))
            {
            }
            return entry;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
