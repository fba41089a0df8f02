namespace TekSipCloud.Sip.Resolution;

/// <summary>CNAME.</summary>
/// <param name="Name">The alias.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Target">The name it stands for.</param>
internal sealed record AliasRecord(string Name, TimeSpan Ttl, string Target) : DnsRecord(Name, Ttl)
{
    public override DnsRecordType Type => DnsRecordType.Cname;
}
