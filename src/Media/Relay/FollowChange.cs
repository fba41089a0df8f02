using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Relay;

/// <summary>A party comes from other ports, maybe another session's: what it hears goes on from what it heard there.</summary>
/// <param name="leg">Its leg now.</param>
/// <param name="position">What it was sent last.</param>
internal sealed class FollowChange(RelayLeg leg, RtpPosition position) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased)
            leg.Rtp.Follow(position);
    }
}
