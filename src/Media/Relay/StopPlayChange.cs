namespace TekSipCloud.Media.Relay;

/// <summary>A party hears whom it is joined with again.</summary>
internal sealed class StopPlayChange(RelayLeg leg) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased)
            leg.Rtp.Player = null;
    }
}
