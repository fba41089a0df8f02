namespace TekSipCloud.Media.Dtls;

/// <summary>Who begins a handshake (RFC 8842 §5).</summary>
public enum DtlsRole
{
    /// <summary>We send the ClientHello: <c>a=setup:active</c>.</summary>
    Active,

    /// <summary>We wait for it: <c>a=setup:passive</c>.</summary>
    Passive,
}
