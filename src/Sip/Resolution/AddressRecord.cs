using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Sip.Resolution;

/// <summary>A or AAAA.</summary>
internal sealed record AddressRecord(string Name, TimeSpan Ttl, IPAddress Address) : DnsRecord(Name, Ttl)
{
    public override DnsRecordType Type =>
        Address.AddressFamily == AddressFamily.InterNetworkV6 ? DnsRecordType.Aaaa : DnsRecordType.A;
}
