namespace TekSipCloud.Media.Relay;

/// <summary>Signalling has something to say to a leg's shared port.</summary>
internal sealed class SharedPortUse(RelayLeg leg, Action<SharedPort> act) : SessionChange
{
    public override void Apply()
    {
        if (!leg.IsReleased && leg.Rtp.Shared is { } port)
            act(port);
    }
}
