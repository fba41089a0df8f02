using System.Diagnostics;

namespace TekSipCloud.Testing;

/// <summary>A folder below <c>tools</c> whose <c>package-lock.json</c> pins packages of npm, installed when they are missing or others.</summary>
internal sealed class NpmFolder(string name, string script)
{
    private static readonly TimeSpan InstallationTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(200);

    /// <summary>The folder.</summary>
    public string Folder { get; } = RepositoryRoot.Combine("tools", name);

    private string Script => Path.Combine(Folder, script);

    /// <summary>Makes sure that they are there: one process installs, others that start at the same time wait for it.</summary>
    /// <returns>The script that node runs.</returns>
    public async Task<string> Ensure()
    {
        if (IsCurrent())
            return Script;

        await using var held = await TakeLock();
        if (!IsCurrent())
            await Install();

        return Script;
    }

    // npm writes its hidden lock file last, so an interrupted installation is not taken for a finished one.
    private bool IsCurrent()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists
            && File.Exists(Script)
            && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
    }

    private async Task Install()
    {
        await using var npm = ChildProcess.Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder);
        var code = await npm.WaitForExit(InstallationTime);
        if (code != 0)
            throw new InvalidOperationException($"npm ci in tools/{name} failed ({code}):\n{string.Join('\n', npm.Lines)}");
    }

    private async Task<FileStream> TakeLock()
    {
        var folder = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts"));
        var path = Path.Combine(folder.FullName, $"{name}-installation.lock");
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
