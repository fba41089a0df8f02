using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace TekSipCloud.Sip.Resolution;

/// <summary>What <c>resolv.conf</c> says (resolv.conf(5)); lines and options of no use here are passed over.</summary>
/// <param name="Servers">Its <c>nameserver</c>s, the first three; this machine when there is none.</param>
/// <param name="Search">Domains that a name without a dot may be in.</param>
/// <param name="Timeout">Its <c>timeout</c>; null for none.</param>
/// <param name="Attempts">Its <c>attempts</c>; null for none.</param>
internal sealed record ResolvConf(
    ImmutableArray<IPEndPoint> Servers, ImmutableArray<string> Search, TimeSpan? Timeout = null, int? Attempts = null)
{
    /// <summary>Where the system keeps it.</summary>
    public const string Path = "/etc/resolv.conf";

    /// <summary>Port of name servers (RFC 1035 §4.2).</summary>
    public const int DnsPort = 53;

    // MAXNS, MAXDNSRCH, RES_MAXRETRANS and RES_MAXRETRY of the C library.
    private const int MaxServers = 3;
    private const int MaxSearch = 6;
    private const int MaxSeconds = 30;
    private const int MaxAttempts = 5;

    /// <summary>Reads the file's text.</summary>
    public static ResolvConf Parse(string text)
    {
        var servers = new List<IPEndPoint>();
        string[] search = [];
        int? timeout = null, attempts = null;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
                continue;

            if (words[0] == "nameserver" && servers.Count < MaxServers && IPAddress.TryParse(words[1], out var address))
                servers.Add(new IPEndPoint(address, DnsPort));
            else if (words[0] is "search" or "domain")
                search = words[1..];
            else if (words[0] == "options")
                (timeout, attempts) = (Option(words, "timeout:", MaxSeconds) ?? timeout, Option(words, "attempts:", MaxAttempts) ?? attempts);
        }

        if (servers.Count == 0)
            servers.Add(new IPEndPoint(IPAddress.Loopback, DnsPort));
        return new([.. servers], Domains(search), timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, attempts);
    }

    private static int? Option(string[] words, string name, int max)
    {
        var word = Array.FindLast(words, w => w.StartsWith(name, StringComparison.Ordinal));
        return int.TryParse(word?[name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Math.Clamp(value, 1, max)
            : null;
    }

    private static ImmutableArray<string> Domains(string[] words)
    {
        var domains = new List<string>();
        foreach (var word in words.Take(MaxSearch))
        {
            if (DnsName.TryNormalize(word, out var domain))
                domains.Add(domain);
        }

        return [.. domains];
    }
}
