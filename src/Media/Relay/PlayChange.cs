using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Relay;

/// <summary>A party hears a clip from now on. The same music in another form goes on where it was.</summary>
internal sealed class PlayChange(RelayLeg leg, AudioClip clip, G711Format format, bool loops) : SessionChange
{
    public override void Apply()
    {
        if (leg.IsReleased)
            return;

        var player = leg.Rtp.Player is { } before && before.Is(clip, loops) ? before.In(format) : new(leg, clip, format, loops);
        leg.Rtp.Player = player;
        leg.Session.Loop.Players.Add(player);
    }
}
