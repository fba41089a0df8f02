using System.Net;
using System.Security.Cryptography;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Gateway.Calls;

/// <summary>A call's media session: a leg for the caller and one for each candidate, two of which are joined.</summary>
internal sealed class CallMedia(MediaRelay relay) : IDisposable
{
    private readonly RelaySession _session = relay.OpenSession();

    /// <summary>Takes ports for a party; null when there are none left.</summary>
    public MediaLeg? Allocate(IPAddress party) => _session.TryAllocateLeg(party, out var leg, out _)
        ? new MediaLeg(leg, new SdpRewriter(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue >> 1))
        : null;

    public void Join(MediaLeg a, MediaLeg b) => _session.Join(a.Relay, b.Relay);

    public void Release(MediaLeg leg) => _session.Release(leg.Relay);

    public void Dispose() => _session.Dispose();

    /// <summary>Reads a body; null when it is no session description.</summary>
    public static SessionDescription? Read(ReadOnlySpan<byte> body) =>
        SessionDescription.TryParse(body, out var description, out _) ? description : null;
}
