using System.Collections.Immutable;
using System.Net;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Names that this machine knows by itself (hosts(5)).</summary>
internal sealed class HostsFile
{
    /// <summary>Where the system keeps it.</summary>
    public const string Path = "/etc/hosts";

    private readonly Dictionary<string, ImmutableArray<IPAddress>> _names = [];

    /// <summary>Reads the file's text; lines that are none are passed over.</summary>
    public static HostsFile Parse(string text)
    {
        var hosts = new HostsFile();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !IPAddress.TryParse(words[0], out var address))
                continue;

            foreach (var word in words[1..])
                hosts.Add(word, address);
        }

        return hosts;
    }

    /// <summary>The addresses of a name in the form of <see cref="DnsName"/>, in the file's order; empty when the file does not have it.</summary>
    public ImmutableArray<IPAddress> Find(string name) => _names.TryGetValue(name, out var addresses) ? addresses : [];

    private void Add(string word, IPAddress address)
    {
        if (DnsName.TryNormalize(word, out var name) && Find(name) is var known && !known.Contains(address))
            _names[name] = known.Add(address);
    }
}
