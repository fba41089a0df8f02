using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace TekSipCloud.Storage.Nodes;

/// <summary>
/// Names one process of one machine well enough to see from another process of the same machine that it is gone.
/// </summary>
/// <param name="Machine">The machine, its boot and (on Linux) the namespace of its process ids.</param>
/// <param name="ProcessId">The process id there.</param>
/// <param name="Started">When it started, in the system's own terms: ids are used again, and every container has a
/// 1.</param>
internal sealed record ProcessMark(string Machine, int ProcessId, string Started)
{
    /// <summary>This process.</summary>
    [JsonIgnore]
    public static ProcessMark Current { get; } =
        new(ReadMachine(), Environment.ProcessId, ReadStart(Environment.ProcessId) ?? "");

    /// <summary>
    /// Whether this is known to be a process that ended. False for another machine's, of which nothing is known.
    /// </summary>
    public bool IsGone() => Machine == Current.Machine && ReadStart(ProcessId) != Started;

    private static string ReadMachine()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.MachineName;

        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var ids = new FileInfo("/proc/self/ns/pid").LinkTarget;
        return $"{Environment.MachineName} {boot} {ids}";
    }

    private static string? ReadStart(int processId) =>
        OperatingSystem.IsLinux() ? ReadLinuxStart(processId) : ReadSystemStart(processId);

    // proc(5): the name, in parentheses, may hold anything; behind it the 1st field is the state and the 20th the
    // start in ticks since boot.
    private static string? ReadLinuxStart(int processId)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? ReadSystemStart(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
