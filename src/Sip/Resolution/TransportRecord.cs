namespace TekSipCloud.Sip.Resolution;

/// <summary>NAPTR (RFC 3403 §4) as SIP uses it.</summary>
/// <param name="Name">The domain.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Order">Lower ones first, and the lowest usable one rules out the others.</param>
/// <param name="Preference">Among the same order: lower ones first.</param>
/// <param name="Flags">What follows: <c>s</c> for SRV.</param>
/// <param name="Service">The transport: <c>SIP+D2U</c> and so on (RFC 3263 §4.1).</param>
/// <param name="Replacement">Whose SRV records to ask for.</param>
internal sealed record TransportRecord(
    string Name, TimeSpan Ttl, ushort Order, ushort Preference, string Flags, string Service, string Replacement)
    : DnsRecord(Name, Ttl)
{
    public override DnsRecordType Type => DnsRecordType.Naptr;
}
