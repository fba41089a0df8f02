namespace TekSipCloud.Testing;

/// <summary>Where the repository that the tests were built from lies.</summary>
public static class RepositoryRoot
{
    private const string Landmark = "TekSipCloud.sln";

    /// <summary>The repository's folder, without a slash at its end.</summary>
    public static string Path { get; } = Find();

    /// <summary>A path below the repository's folder.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Landmark)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has {Landmark}.");
    }
}
