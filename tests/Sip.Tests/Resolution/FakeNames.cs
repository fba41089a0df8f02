using System.Net;
using TekSipCloud.Sip.Resolution;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>Name servers that know what a test tells them, and count what they are asked.</summary>
internal sealed class FakeNames : IDnsLookup
{
    private readonly Dictionary<DnsQuestion, DnsAnswer> _answers = [];

    public List<DnsQuestion> Asked { get; } = [];

    /// <summary>Set, nothing is answered until it completes.</summary>
    public Task Weather { get; set; } = Task.CompletedTask;

    /// <summary>Whether every server is away.</summary>
    public bool IsAway { get; set; }

    public TimeSpan Ttl { get; set; } = TimeSpan.FromMinutes(1);

    public void AddAddress(string name, params string[] addresses)
    {
        foreach (var group in addresses.Select(IPAddress.Parse).GroupBy(a => a.AddressFamily))
        {
            DnsRecord[] records = [.. group.Select(a => new AddressRecord(name, Ttl, a))];
            Add(name, records[0].Type, records);
        }
    }

    public void AddService(string name, params (int Priority, int Weight, int Port, string Target)[] records) => Add(
        name, DnsRecordType.Srv,
        [.. records.Select(r => new ServiceRecord(name, Ttl, (ushort)r.Priority, (ushort)r.Weight, (ushort)r.Port, r.Target))]);

    public void AddTransports(string name, params (int Order, int Preference, string Flags, string Service, string Replacement)[] records) => Add(
        name, DnsRecordType.Naptr,
        [.. records.Select(r => new TransportRecord(name, Ttl, (ushort)r.Order, (ushort)r.Preference, r.Flags, r.Service, r.Replacement))]);

    public void Add(string name, DnsRecordType type, DnsRecord[] records) =>
        _answers[new(name, type)] = new DnsAnswer(DnsOutcome.Found, [.. records], Ttl);

    public void Add(DnsQuestion question, DnsAnswer answer) => _answers[question] = answer;

    public async Task<DnsAnswer> Lookup(DnsQuestion question, CancellationToken cancel)
    {
        lock (Asked)
            Asked.Add(question);
        await Weather;
        return IsAway ? DnsAnswer.None
            : _answers.TryGetValue(question, out var answer) ? answer : new DnsAnswer(DnsOutcome.NoName, [], TimeSpan.FromMinutes(1));
    }
}
