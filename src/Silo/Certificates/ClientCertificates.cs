namespace TekSipCloud.Silo.Certificates;

/// <summary>Whether a SIP peer that connects by TLS must say who it is.</summary>
public enum ClientCertificates
{
    /// <summary>It is not asked.</summary>
    Off,

    /// <summary>It may; a certificate that does not verify is refused.</summary>
    Requested,

    /// <summary>It must.</summary>
    Required,
}
