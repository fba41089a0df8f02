namespace TekSipCloud.Sip.Resolution;

/// <summary>Kinds of records that are asked for or understood, by their numbers on the wire.</summary>
internal enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>Another name of the same thing (RFC 1035 §3.3.1).</summary>
    Cname = 5,

    /// <summary>Authority of a zone, whose minimum is the lifetime of "there is none" (RFC 2308 §4).</summary>
    Soa = 6,

    /// <summary>An IPv6 address (RFC 3596 §2.1).</summary>
    Aaaa = 28,

    /// <summary>Servers of a service (RFC 2782).</summary>
    Srv = 33,

    /// <summary>Transports of a domain, in order of preference (RFC 3403).</summary>
    Naptr = 35,

    /// <summary>Not a record: what the sender of a message can do (EDNS, RFC 6891 §6.1).</summary>
    Opt = 41,
}
