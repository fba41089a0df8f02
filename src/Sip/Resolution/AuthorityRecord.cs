namespace TekSipCloud.Sip.Resolution;

/// <summary>SOA.</summary>
/// <param name="Name">The zone.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Minimum">How long "there is none" may be kept (RFC 2308 §4).</param>
internal sealed record AuthorityRecord(string Name, TimeSpan Ttl, TimeSpan Minimum) : DnsRecord(Name, Ttl)
{
    public override DnsRecordType Type => DnsRecordType.Soa;
}
