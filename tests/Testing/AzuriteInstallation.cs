using System.Diagnostics;

namespace TekSipCloud.Testing;

/// <summary>The Azurite that <c>tools/azurite/package-lock.json</c> pins, installed when it is missing or another one.</summary>
public static class AzuriteInstallation
{
    private static readonly TimeSpan InstallationTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(200);

    /// <summary>What node runs first so that Azurite ends with the tests, even when they are killed.</summary>
    public static string ExitWithParent => Path.Combine(Folder, "exit-with-parent.cjs");

    private static string Script => Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static string Folder => RepositoryRoot.Combine("tools", "azurite");

    /// <summary>Makes sure that it is there: one process installs, others that start at the same time wait for it.</summary>
    /// <returns>The script that node runs.</returns>
    public static async Task<string> Ensure()
    {
        if (IsCurrent())
            return Script;

        await using var held = await TakeLock();
        if (!IsCurrent())
            await Install();

        return Script;
    }

    // npm writes its hidden lock file last, so an interrupted installation is not taken for a finished one.
    private static bool IsCurrent()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists
            && File.Exists(Script)
            && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
    }

    private static async Task Install()
    {
        await using var npm = ChildProcess.Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder);
        var code = await npm.WaitForExit(InstallationTime);
        if (code != 0)
            throw new InvalidOperationException($"npm ci in tools/azurite failed ({code}):\n{string.Join('\n', npm.Lines)}");
    }

    private static async Task<FileStream> TakeLock()
    {
        var folder = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts"));
        var path = Path.Combine(folder.FullName, "azurite-installation.lock");
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < InstallationTime)
            {
                await Task.Delay(LockRetry, TimeProvider.System);
            }
        }
    }
}
