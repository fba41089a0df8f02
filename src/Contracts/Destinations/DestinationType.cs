namespace TekSipCloud.Contracts.Destinations;

/// <summary>How calls are handed to a destination, by the numbers of the TekSIP-compatible API.</summary>
[GenerateSerializer, Alias("destination-type")]
public enum DestinationType
{
    /// <summary>As from a user agent: one Via, our Contact, the account's From.</summary>
    Ua = 1,

    /// <summary>As from a proxy: Call-ID, From, To and tags kept, our Via and Record-Route above the caller's.</summary>
    Proxy = 2,

    /// <summary>To an extension of the tenant, named by <see cref="Destination.Username"/>.</summary>
    Extension = 3,
}
