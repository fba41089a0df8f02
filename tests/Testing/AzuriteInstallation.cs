namespace TekSipCloud.Testing;

/// <summary>The Azurite that <c>tools/azurite/package-lock.json</c> pins, installed when it is missing or another one.</summary>
public static class AzuriteInstallation
{
    private static readonly NpmFolder Packages = new("azurite", Path.Combine("node_modules", "azurite", "dist", "src", "azurite.js"));

    /// <summary>What node runs first so that Azurite ends with the tests, even when they are killed.</summary>
    public static string ExitWithParent => Path.Combine(Packages.Folder, "exit-with-parent.cjs");

    /// <summary>Makes sure that it is there.</summary>
    /// <returns>The script that node runs.</returns>
    public static Task<string> Ensure() => Packages.Ensure();
}
