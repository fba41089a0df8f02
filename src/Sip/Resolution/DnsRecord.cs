namespace TekSipCloud.Sip.Resolution;

/// <summary>A record that was read.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Ttl">How long it may be kept.</param>
internal abstract record DnsRecord(string Name, TimeSpan Ttl)
{
    /// <summary>Its kind.</summary>
    public abstract DnsRecordType Type { get; }
}
