namespace TekSipCloud.Sip.Resolution;

/// <summary>SRV (RFC 2782).</summary>
/// <param name="Name">The service, such as <c>_sip._udp.example.com</c>.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Priority">Lower ones first.</param>
/// <param name="Weight">Share among those of the same priority.</param>
/// <param name="Port">The server's port.</param>
/// <param name="Target">The server; empty when the service is decidedly not there.</param>
internal sealed record ServiceRecord(string Name, TimeSpan Ttl, ushort Priority, ushort Weight, ushort Port, string Target)
    : DnsRecord(Name, Ttl)
{
    public override DnsRecordType Type => DnsRecordType.Srv;
}
