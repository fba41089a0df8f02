namespace TekSipCloud.Testing.Phones;

/// <summary>How a phone registers and behaves.</summary>
/// <param name="Number">The extension.</param>
/// <param name="Password">Its password.</param>
/// <param name="Domain">The tenant's SIP domain.</param>
/// <param name="ServerPort">The host's SIP port for the transport.</param>
public sealed record PhoneAccount(string Number, string Password, string Domain, int ServerPort)
{
    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>Where it is.</summary>
    public PhonePlace Place { get; init; } = PhonePlace.Loopback;

    /// <summary>The tone it plays into calls; 0 for silence.</summary>
    public int Hertz { get; init; } = 440;

    /// <summary>Whether it registers.</summary>
    public bool Registers { get; init; } = true;

    /// <summary>Whether baresip sends everything to the server's address, whatever the domain resolves to (an outbound proxy).</summary>
    public bool HasProxy { get; init; } = true;

    /// <summary>Whether it answers by itself.</summary>
    public bool Answers { get; init; } = true;

    /// <summary>How baresip encrypts media: <c>srtp</c> offers keys beside plain RTP, <c>srtp-mand</c> SRTP alone; null does not at all.</summary>
    public string? MediaEncryption { get; init; }

    /// <summary>The suites with which Linphone encrypts media, such as <c>AEAD_AES_256_GCM</c>; null does not at all.</summary>
    public string? SrtpSuites { get; init; }

    /// <summary>The certificate it trusts for TLS; null trusts any.</summary>
    public string? TrustedCertificate { get; init; }
}
