namespace TekSipCloud.Media.Relay;

/// <summary>A leg is released; whoever was joined with it hears nothing from now on.</summary>
internal sealed class LeaveChange(RelayLeg leg) : SessionChange
{
    public override void Apply()
    {
        leg.Partner?.JoinWith(null);
        leg.JoinWith(null);
    }
}
