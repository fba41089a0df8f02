namespace TekSipCloud.Sip.Resolution;

/// <summary>An answer that is kept.</summary>
/// <param name="Answer">What is known.</param>
/// <param name="Expires">Until when it is as good as new (timestamp).</param>
/// <param name="StaleUntil">Until when it is better than nothing (timestamp).</param>
internal sealed record DnsCacheEntry(DnsAnswer Answer, long Expires, long StaleUntil);
