using System.Net.Security;

namespace TekSipCloud.Gateway;

/// <summary>This node's certificate for carriers that ask who connects (mutual TLS).</summary>
public interface IClientCertificate
{
    /// <summary>The one to be shown now, with its key and chain; null for none.</summary>
    SslStreamCertificateContext? Context { get; }
}
