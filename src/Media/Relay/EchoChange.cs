namespace TekSipCloud.Media.Relay;

/// <summary>A party hears itself.</summary>
internal sealed class EchoChange(RelayLeg leg) : SessionChange
{
    public override void Apply()
    {
        leg.Partner?.JoinWith(null);
        leg.JoinWith(null);
        if (!leg.IsReleased)
            leg.Rtp.Reflect();
    }
}
