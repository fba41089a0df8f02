namespace TekSipCloud.Testing;

/// <summary>A folder of a test's own, removed with it.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Makes it.</summary>
    public TestFolder(string name) => Path = Directory.CreateTempSubdirectory($"teksip-{name}-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A killed child's last file; the system clears its folder for temporary files.
        }
    }
}
