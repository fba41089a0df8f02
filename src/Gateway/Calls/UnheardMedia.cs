using System.Net;
using System.Text;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Tells people why a party may not be heard: what it was told, what it said of itself, and what came instead.</summary>
internal static class UnheardMedia
{
    public static string Describe(CallLeg leg)
    {
        var (media, ours) = (leg.Media, leg.Media.Relay.Local);
        var text = new StringBuilder($"No RTP has come from the {leg.Name}. We advertised {new IPEndPoint(ours.Address, ours.RtpPort)}; ");
        if (media.IsWeb)
            AddSecurity(text, media.Relay.ReadSecurity());
        else
            AddAddress(text, media, leg.Flow.Remote.Address);
        AddDropped(text, media.Relay.ReadStatistics());
        return text.ToString();
    }

    private static void AddSecurity(StringBuilder text, LegSecurity? security) => text.Append(security switch
    {
        null or { HasPath: false } => "it has not found us there by ICE.",
        { State: DtlsState.Established } => "it has found us by ICE, and hands are shaken by DTLS.",
        _ => "it has found us by ICE, but the DTLS handshake has not ended.",
    });

    private static void AddAddress(StringBuilder text, MediaLeg media, IPAddress source)
    {
        var said = media.Said is { } description && RemoteAudio.Read(description, out var audio) == SdpRefusal.None ? audio?.Rtp : null;
        if (said is null)
        {
            text.Append("its description names no address.");
            return;
        }

        text.Append($"its description says {said}");
        if (!RemoteAddressPolicy.IsPublic(said.Address))
            text.Append(", a private address");
        if (!said.Address.Equals(source))
            text.Append($", its signalling comes from {source}");
        text.Append('.');
    }

    private static void AddDropped(StringBuilder text, LegStatistics figures)
    {
        Add(figures.StrangersDropped, "from addresses that are not the party's");
        Add(figures.UnauthenticDropped, "without the agreed key");
        Add(figures.InvalidDropped, "that are no RTP");

        void Add(long count, string what)
        {
            if (count > 0)
                text.Append($" {count} packet{(count == 1 ? "" : "s")} {what} {(count == 1 ? "was" : "were")} dropped.");
        }
    }
}
