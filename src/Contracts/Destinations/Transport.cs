namespace TekSipCloud.Contracts.Destinations;

/// <summary>The transports by the numbers of the TekSIP-compatible API.</summary>
[GenerateSerializer, Alias("transport")]
public enum Transport
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>UDP.</summary>
    Udp = 1,

    /// <summary>TCP.</summary>
    Tcp = 2,

    /// <summary>TLS over TCP.</summary>
    Tls = 3,

    /// <summary>WebSocket (RFC 7118).</summary>
    Ws = 4,

    /// <summary>Secure WebSocket (RFC 7118).</summary>
    Wss = 5,
}
