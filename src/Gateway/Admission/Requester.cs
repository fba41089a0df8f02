using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Gateway.Admission;

/// <summary>Who a request is from: an authenticated extension, or a destination known by its address; neither for OPTIONS.</summary>
internal sealed record Requester(Extension? Extension, Destination? Destination)
{
    /// <summary>Whether it is asked to encrypt its media.</summary>
    public MediaEncryption MediaEncryption => Destination?.MediaEncryption ?? Extension?.MediaEncryption ?? MediaEncryption.Off;

    public static Requester Nobody { get; } = new(null, null);
}
