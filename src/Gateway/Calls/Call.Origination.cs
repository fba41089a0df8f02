using TekSipCloud.Media.Sdp;

namespace TekSipCloud.Gateway.Calls;

/// <content>What a call of an account has otherwise whose domain takes calls and rings nobody.</content>
internal sealed partial class Call
{
    /// <summary>Whether both parties are told of no sound but G.711.</summary>
    public bool IsG711With(CallTarget target) => Admitted.IsOriginationOnly || IsRecordedWith(target);

    /// <summary>Whether the caller's offer is to have G.711 and has not.</summary>
    public bool LacksG711 =>
        Admitted.IsOriginationOnly && Offer is { } offer && RemoteAudio.Read(offer, out var audio) == SdpRefusal.None && audio is { G711: null };
}
