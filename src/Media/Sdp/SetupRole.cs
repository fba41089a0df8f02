namespace TekSipCloud.Media.Sdp;

/// <summary>What <c>a=setup</c> says of who begins the DTLS handshake (RFC 4145 §4, RFC 8842 §5).</summary>
public enum SetupRole
{
    /// <summary>The other is to choose; in offers.</summary>
    ActPass,

    /// <summary>Its writer begins.</summary>
    Active,

    /// <summary>Its writer waits.</summary>
    Passive,

    /// <summary>Nobody begins for now.</summary>
    HoldConnection,
}
