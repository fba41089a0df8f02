using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Finds the addresses of a host: the system's hosts file, else A and AAAA.</summary>
/// <param name="dns">Answers.</param>
/// <param name="hosts">The system's own names.</param>
/// <param name="system">Where a name without a dot is looked for.</param>
/// <param name="families">The families we have sockets of.</param>
/// <param name="hasRoute">Whether this machine has a way to an address.</param>
internal sealed class AddressLookup(
    IDnsLookup dns, WatchedFile<HostsFile> hosts, WatchedFile<ResolvConf> system, IReadOnlyCollection<AddressFamily> families,
    Func<IPAddress, bool> hasRoute)
{
    /// <summary>Whether the system has a name of its own, which DNS is then not asked about.</summary>
    public bool IsLocal(string name) => !hosts.Value.Find(name).IsEmpty;

    /// <summary>Addresses, best first, and what DNS said when there are none.</summary>
    public async Task<(ImmutableArray<IPAddress> Addresses, DnsOutcome Outcome)> Find(string name, CancellationToken cancel)
    {
        var local = hosts.Value.Find(name).Where(a => families.Contains(a.AddressFamily)).ToImmutableArray();
        if (!local.IsEmpty)
            return (Arrange(local), DnsOutcome.Found);

        var outcome = DnsOutcome.NoName;
        foreach (var candidate in Candidates(name))
        {
            (var addresses, outcome) = await Ask(candidate, cancel).ConfigureAwait(false);
            if (!addresses.IsEmpty)
                return (Arrange(addresses), DnsOutcome.Found);
        }

        return ([], outcome);
    }

    /// <summary>A name with a dot stands for itself; one without may be in a domain of <c>resolv.conf</c> (ndots:1).</summary>
    private IEnumerable<string> Candidates(string name) => name.Contains('.', StringComparison.Ordinal)
        ? [name]
        : system.Value.Search.Select(domain => $"{name}.{domain}").Append(name);

    private async Task<(ImmutableArray<IPAddress> Addresses, DnsOutcome Outcome)> Ask(string name, CancellationToken cancel)
    {
        var questions = families.Select(f => new DnsQuestion(name, f == AddressFamily.InterNetworkV6 ? DnsRecordType.Aaaa : DnsRecordType.A));
        var answers = await Task.WhenAll(questions.Select(q => dns.Lookup(q, cancel))).ConfigureAwait(false);
        var addresses = answers.SelectMany(a => a.Records).OfType<AddressRecord>().Select(r => r.Address).Distinct().ToImmutableArray();
        return (addresses, answers.Select(a => a.Outcome).DefaultIfEmpty(DnsOutcome.NoRecord).Max());
    }

    /// <summary>RFC 7984 §4, RFC 6724 §6 rules 1 and 6: what has no route last, IPv6 before IPv4; otherwise as DNS says.</summary>
    private ImmutableArray<IPAddress> Arrange(ImmutableArray<IPAddress> addresses) => addresses.Length < 2 ? addresses
        : [.. addresses.OrderByDescending(hasRoute).ThenByDescending(a => a.AddressFamily == AddressFamily.InterNetworkV6)];
}
