using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Grains.Nodes;

/// <summary>What this process is in the cluster.</summary>
public sealed class NodeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Node";

    /// <summary>
    /// The node's name, stable across restarts: 1 to 32 letters, digits and <c>-</c>. Default: made of the machine's
    /// name.
    /// </summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9-]{1,32}$")]
    public string Name { get; set; } = DefaultName();

    /// <summary>Whether this process is a cluster of its own, as it is while neither <c>Orleans:Clustering</c> nor <c>Silo:ClusterId</c> names another.</summary>
    internal bool IsAlone { get; set; } = true;

    /// <summary>A new incarnation of the node.</summary>
    internal static NodeIdentity CreateIdentity(NodeOptions options, TimeProvider clock)
    {
        // 12 hex digits of milliseconds sort by time; 4 random ones part two starts in the same millisecond.
        var start = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return new(options.Name, $"{start}{Guid.NewGuid():N}"[..16]);
    }

    private static string DefaultName()
    {
        var letters = Environment.MachineName.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(32).ToArray();
        return letters.Length > 0 ? new string(letters) : "node";
    }
}
