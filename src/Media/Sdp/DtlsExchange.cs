using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Sdp;

/// <summary>One leg's agreement on ICE and DTLS by offer and answer (RFC 8839 §4, RFC 8842 §5); we are the lite side of ICE.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="ours">Our certificate's fingerprint.</param>
internal sealed class DtlsExchange(CertificateFingerprint ours)
{
    private IceCredentials? _theirs;
    private bool _isSavpf = true;
    private byte[] _mid = [(byte)'0'];
    private bool _isBundled = true;

    /// <summary>What stands between us. While our offer leaves the role open we wait: an answerer may begin before its answer comes.</summary>
    public DtlsTerms Terms { get; private set; } = new(IceCredentials.Create(), DtlsRole.Passive, [], 1);

    /// <summary>The transport our offers name.</summary>
    public ReadOnlySpan<byte> OfferedProtocol => _isSavpf ? "UDP/TLS/RTP/SAVPF"u8 : "UDP/TLS/RTP/SAVP"u8;

    /// <summary>Whether a line by DTLS has all that it needs: ICE, a fingerprint, and one port for all.</summary>
    public static bool IsUsable(SessionDescription session, MediaDescription media) => TryRead(session, media, out _, out _);

    /// <summary>Takes over what the party offered.</summary>
    /// <returns>False when it cannot be answered: something is missing, or it wants RTCP on a port of its own.</returns>
    public bool HearOffer(SessionDescription session, MediaDescription offered)
    {
        // A line that is switched off says nothing of keys.
        if (offered.Port == 0)
            return true;
        if (!offered.IsDtls || !TryRead(session, offered, out var ice, out var dtls) || dtls.RoleAgainstOffer is not { } role)
            return false;

        // RFC 8842 §5.5: a role that may be kept is kept, or the association would end.
        var isOpen = dtls.Setup == SetupRole.ActPass && !Terms.Fingerprints.IsEmpty && IsSame(dtls.Fingerprints);
        Take(ice, dtls, isOpen ? Terms.Role : role);
        _isSavpf = offered.Protocol == MediaProtocol.DtlsRtpSavpf;
        _mid = offered.Mid.IsEmpty ? _mid : offered.Mid.ToArray();
        _isBundled = !session.BundleGroup.IsEmpty;
        return true;
    }

    /// <summary>Takes over what the party answered our offer with.</summary>
    /// <returns>False when that is no answer to it.</returns>
    public bool HearAnswer(SessionDescription session, MediaDescription answered)
    {
        if (answered.Port == 0)
            return true;
        // RFC 3264 §6: the answer to DTLS is DTLS.
        if (!answered.IsDtls || !TryRead(session, answered, out var ice, out var dtls) || dtls.RoleAgainstAnswer is not { } role)
            return false;

        Take(ice, dtls, role);
        return true;
    }

    /// <summary>Writes what our offer or answer says at session level.</summary>
    public void WriteSession(ref SdpWriter writer)
    {
        // RFC 8839 §5.3
        writer.WriteFlag("ice-lite"u8);
        if (_isBundled)
            writer.WriteAttribute("group"u8, [.. "BUNDLE "u8, .. _mid]);
    }

    /// <summary>Writes what is said of a line that is not carried: its name, so that the party finds it (RFC 5888 §6).</summary>
    public static void WriteRejected(ref SdpWriter writer, MediaDescription media)
    {
        if (!media.Mid.IsEmpty)
            writer.WriteAttribute("mid"u8, media.Mid);
    }

    /// <summary>Writes what our offer says of the audio line: the role is left to the party (RFC 8842 §5.2).</summary>
    public void WriteOffer(ref SdpWriter writer, LocalAudio local) => Write(ref writer, local, SetupRole.ActPass);

    /// <summary>Writes what our answer says of the audio line.</summary>
    public void WriteAnswer(ref SdpWriter writer, LocalAudio local) =>
        Write(ref writer, local, Terms.Role == DtlsRole.Active ? SetupRole.Active : SetupRole.Passive);

    private static bool TryRead(
        SessionDescription session,
        MediaDescription media,
        [NotNullWhen(true)] out RemoteIce? ice,
        [NotNullWhen(true)] out RemoteDtls? dtls)
    {
        dtls = null;
        // One port for all: RFC 8834 §4.5 demands it of browsers.
        return RemoteIce.TryRead(session, media, out ice) && RemoteDtls.TryRead(session, media, out dtls) && media.HasRtcpMux;
    }

    private void Take(RemoteIce ice, RemoteDtls dtls, DtlsRole role)
    {
        // RFC 8839 §4.4.1.1.1: other credentials of the party's are answered by others of ours.
        var restarts = _theirs?.IsSameAs(ice.Credentials) == false;
        _theirs = ice.Credentials;

        // RFC 8842 §4: another certificate or role is another association.
        var isSame = IsSame(dtls.Fingerprints);
        var isOther = role != Terms.Role || (!Terms.Fingerprints.IsEmpty && !isSame);
        Terms = new(
            restarts ? IceCredentials.Create() : Terms.Local,
            role,
            isSame ? Terms.Fingerprints : dtls.Fingerprints,
            Terms.Association + (isOther ? 1 : 0));
    }

    private bool IsSame(ImmutableArray<CertificateFingerprint> fingerprints)
    {
        if (fingerprints.Length != Terms.Fingerprints.Length)
            return false;

        for (var i = 0; i < fingerprints.Length; i++)
        {
            if (!fingerprints[i].IsSameAs(Terms.Fingerprints[i]))
                return false;
        }

        return true;
    }

    private void Write(ref SdpWriter writer, LocalAudio local, SetupRole role)
    {
        writer.WriteAttribute("mid"u8, _mid);
        writer.WriteFlag("rtcp-mux"u8);
        writer.WriteIceCredentials(Terms.Local);
        writer.WriteCandidate(IceCandidate.Host(local.Address, local.RtpPort));
        writer.WriteFlag("end-of-candidates"u8);
        writer.WriteFingerprint(ours);
        writer.WriteSetup(role);
        // Without it a browser knows no stream that the track is of (RFC 8830).
        writer.WriteAttribute("msid"u8, "call audio"u8);
    }
}
