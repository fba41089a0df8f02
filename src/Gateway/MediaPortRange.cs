using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;

namespace TekSipCloud.Gateway;

/// <summary>The media ports as configured.</summary>
internal sealed class MediaPortRange(IOptions<GatewayOptions> options) : IMediaPorts
{
    public (int First, int Last) Range => options.Value.RtpRange;
}
