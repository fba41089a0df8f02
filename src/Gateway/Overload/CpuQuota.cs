using System.Globalization;

namespace TekSipCloud.Gateway.Overload;

/// <summary>The cores this process may use, also as a fraction: containers are given half a core.</summary>
internal static class CpuQuota
{
    private const string Groups = "/sys/fs/cgroup";

    /// <summary>The quota of the control group (version 2, else 1) in cores, but never more than the process can see.</summary>
    public static double ReadCores()
    {
        try
        {
            return File.Exists("/proc/self/cgroup")
                ? Math.Min(FindQuota(File.ReadAllLines("/proc/self/cgroup"), ReadIfThere), Environment.ProcessorCount)
                : Environment.ProcessorCount;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.ProcessorCount;
        }
    }

    /// <summary>Finds the quota by the lines of <c>/proc/self/cgroup</c>; infinite when there is none.</summary>
    /// <param name="memberships">Those lines.</param>
    /// <param name="read">Reads a file; null when it is not there.</param>
    public static double FindQuota(IEnumerable<string> memberships, Func<string, string?> read)
    {
        var least = double.PositiveInfinity;
        foreach (var line in memberships)
        {
            // number:controllers:path, without controllers in version 2.
            if (line.Split(':', 3) is not [_, var controllers, var path])
                continue;

            // In a container the group's own directory is the root of what can be seen.
            foreach (var directory in (string[])[path.TrimEnd('/'), ""])
            {
                var quota = controllers.Length == 0 ? OfVersion2(directory, read)
                    : controllers.Split(',').Contains("cpu") ? OfVersion1(controllers, directory, read)
                    : double.PositiveInfinity;
                least = Math.Min(least, quota);
            }
        }

        return least;
    }

    private static double OfVersion2(string directory, Func<string, string?> read) =>
        read($"{Groups}{directory}/cpu.max")?.Split(' ') is [var quota, var period] ? Divide(quota, period) : double.PositiveInfinity;

    private static double OfVersion1(string controllers, string directory, Func<string, string?> read)
    {
        var folder = $"{Groups}/{controllers}{directory}";
        return Divide(read($"{folder}/cpu.cfs_quota_us") ?? "", read($"{folder}/cpu.cfs_period_us") ?? "");
    }

    private static double Divide(string quota, string period) =>
        double.TryParse(quota, CultureInfo.InvariantCulture, out var used) && used > 0
        && double.TryParse(period, CultureInfo.InvariantCulture, out var of) && of > 0
            ? used / of
            : double.PositiveInfinity;

    private static string? ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
