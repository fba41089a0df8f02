using TekSipCloud.Media.Playback;

namespace TekSipCloud.Media.Relay;

/// <summary>What one party hears of us in place of whom it talks to, and how far it has come. Of the relay's thread.</summary>
internal sealed class Player(RelayLeg leg, AudioClip clip, G711Format format, bool loops)
{
    private int _position;

    public RelayLeg Leg => leg;

    /// <summary>Whether it is that sound, so that a change of form does not begin it anew.</summary>
    public bool Is(AudioClip other, bool otherLoops) => loops && otherLoops && other == clip;

    /// <summary>Goes on in another form.</summary>
    public Player In(G711Format other) => new(leg, clip, other, loops) { _position = _position };

    /// <summary>Sends the frames whose time has come; false when it is over.</summary>
    /// <param name="frames">How many are due.</param>
    /// <param name="skipped">How many before them are not sent any more.</param>
    public bool Advance(int frames, int skipped)
    {
        leg.Session.Settle();
        if (leg.IsReleased || leg.Rtp.Player != this)
            return false;

        leg.Rtp.PassTime(skipped);
        _position += skipped;
        for (; frames > 0; frames--)
        {
            if (_position >= clip.Frames)
            {
                if (!loops)
                {
                    leg.Rtp.Player = null;
                    return false;
                }

                _position %= clip.Frames;
            }

            leg.Rtp.Emit(clip.Frame(format.Law, _position++), format.PayloadType);
        }

        return true;
    }
}
