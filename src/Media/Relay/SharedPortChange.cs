namespace TekSipCloud.Media.Relay;

/// <summary>A leg's port is shared from now on.</summary>
internal sealed class SharedPortChange(RelayLeg leg, Func<SharedPort> create) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased)
            leg.Share(create());
    }
}
