#nullable disable

using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>How a client talks to the service: version, and what <see cref="ClientOptions"/> brings (retry, transport, diagnostics).</summary>
public class BlobClientOptions : ClientOptions
{
    private const ServiceVersion LatestVersion = ServiceVersion.V2025_11_05;

    public BlobClientOptions(ServiceVersion version = LatestVersion)
    {
        Version = version;
        VersionHeader = version switch
        {
            ServiceVersion.V2020_12_06 => "2020-12-06",
            ServiceVersion.V2025_11_05 => "2025-11-05",
            _ => throw new ArgumentOutOfRangeException(nameof(version)),
        };
    }

    public ServiceVersion Version { get; }

    internal string VersionHeader { get; }

    /// <summary>A version of the service's protocol.</summary>
    [SuppressMessage("Naming", "CA1707", Justification = "The official names.")]
    public enum ServiceVersion
    {
        V2020_12_06 = 9,
        V2025_11_05 = 28,
    }
}
