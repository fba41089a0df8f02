using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Gateway.Admission;

/// <summary>Who a request is from: an authenticated extension, or a destination known by its address; neither for OPTIONS and for a guest's call.</summary>
internal sealed record Requester(Extension? Extension, Destination? Destination)
{
    /// <summary>Whether it is asked to encrypt its media.</summary>
    public MediaEncryption MediaEncryption => Destination?.MediaEncryption ?? Extension?.MediaEncryption ?? MediaEncryption.Off;

    /// <summary>By which suites of SRTP, in which order; empty for all.</summary>
    public string SrtpSuites => Destination?.SrtpSuites ?? Extension?.SrtpSuites ?? "";

    public static Requester Nobody { get; } = new(null, null);
}
