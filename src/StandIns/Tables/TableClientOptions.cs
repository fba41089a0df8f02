#nullable disable

using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How a client talks to the service: version, and what <see cref="ClientOptions"/> brings (retry, transport, diagnostics).</summary>
public class TableClientOptions : ClientOptions
{
    private const ServiceVersion LatestVersion = ServiceVersion.V2020_12_06;

    public TableClientOptions(ServiceVersion serviceVersion = LatestVersion)
    {
        VersionHeader = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
    }

    internal string VersionHeader { get; }

    /// <summary>A version of the service's protocol.</summary>
    [SuppressMessage("Naming", "CA1707", Justification = "The official names.")]
    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2020_12_06 = 2,
    }
}
