using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Relay;

/// <summary>A leg's port is shared from now on, or its parties shake hands anew.</summary>
internal sealed class SharedPortChange(RelayLeg leg, IceCredentials credentials, DtlsContext dtls, DtlsRole role) : SessionChange
{
    public override void Apply()
    {
        if (leg.IsReleased)
            return;

        if (leg.Rtp.Shared is { } port)
            port.Renew(credentials, dtls.Associate(role));
        else
            leg.Share(new(leg, new(credentials, dtls.Clock), dtls.Associate(role)));
    }
}
