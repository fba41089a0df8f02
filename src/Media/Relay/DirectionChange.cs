using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Media.Relay;

/// <summary>Which way RTP flows, seen from a leg's party.</summary>
internal sealed class DirectionChange(RelayLeg leg, MediaDirection direction) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased)
            leg.Rtp.Turn(direction);
    }
}
