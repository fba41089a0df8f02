using System.Xml.Linq;

namespace TekSipCloud.Layout.Tests;

/// <summary>The repository's files, found from the test's own place in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<string> SourceFiles(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/dist/", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file));

    /// <summary>The short names of the projects that a project refers to.</summary>
    public static IEnumerable<string> ReferencesOf(string projectFile) =>
        XDocument.Load(PathOf(projectFile)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TekSipCloud.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new InvalidOperationException("The tests are not inside the repository.");
    }
}
