using System.Collections.Immutable;
using System.Net;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Playback;
using TekSipCloud.Media.Recording;
using TekSipCloud.Media.Rtp;
using TekSipCloud.Media.Sdp;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Relay;

/// <summary>One party's side of a call: two ports of ours, and what is known of the party's.</summary>
/// <remarks>Thread-safe; changes take effect in the order of the calls, before packets that come later.</remarks>
public sealed class RelayLeg
{
    private volatile PortPair? _ports;
    private RelayLeg? _next;
    private DtlsTerms? _terms;
    private volatile bool _isReleased;
    private PayloadTypeMaps? _formats;

    internal RelayLeg(RelaySession session, PortPair ports)
    {
        Session = session;
        _ports = ports;
    }

    /// <summary>Where the party is to send its audio: for <see cref="SdpRewriter"/>.</summary>
    public LocalAudio Local { get; internal init; }

    internal RelaySession Session { get; }

    internal RtpStream Rtp => _ports!.Rtp;

    internal RtcpStream Rtcp => _ports!.Rtcp;

    /// <summary>Another leg of the session.</summary>
    internal RelayLeg? Next
    {
        get => _next;
        set => _next = value;
    }

    internal ref RelayLeg? NextLink => ref _next;

    /// <summary>Whether its ports may be another call's.</summary>
    internal bool IsReleased => _isReleased;

    /// <summary>Whom it is joined with; of the relay's thread.</summary>
    internal RelayLeg? Partner { get; private set; }

    /// <summary>Takes over what the party's description says: addresses, clock rates, direction.</summary>
    /// <remarks>
    /// The same addresses as before change nothing, so that a 200 may repeat its 183. Others are learnt anew; meanwhile, for at
    /// most 2 s, the earlier address is still heard. A description without an address (hold by 0.0.0.0) keeps what was learnt.
    /// </remarks>
    /// <param name="remote">The party's offer or answer.</param>
    /// <param name="signallingSource">The address that description came from.</param>
    /// <param name="rule">How far the address in it is believed.</param>
    /// <param name="relearn">Whether to learn anew even if the addresses are the same: after a re-INVITE through a NAT.</param>
    /// <param name="keys">The keys agreed on with the party; null for plain RTP.</param>
    public void SetRemote(
        RemoteAudio remote,
        IPAddress signallingSource,
        RemoteAddressRule rule = RemoteAddressRule.Verified,
        bool relearn = false,
        SrtpKeys? keys = null)
    {
        if (_isReleased)
            return;

        Session.Change(new RemoteChange(this, remote, Session.Loop.Now())
        {
            Source = signallingSource,
            Rule = rule,
            MayLearnRtp = MayLearn(remote.Rtp, rule),
            MayLearnRtcp = MayLearn(remote.Rtcp, rule),
            Relearns = relearn,
            Keys = keys,
        });
    }

    /// <summary>Has the leg do what was agreed on, or offered, about ICE and DTLS; harmless when repeated. For the call's signalling alone.</summary>
    /// <param name="terms">The terms, those of <see cref="SdpRewriter.Terms"/>.</param>
    /// <param name="dtls">Whose fingerprint our descriptions have.</param>
    public void Agree(DtlsTerms terms, DtlsContext dtls)
    {
        var before = _terms;
        _terms = terms;
        if (before?.Association != terms.Association)
            UseIce(terms.Local, dtls, terms.Role);
        else if (before.Local != terms.Local)
            RestartIce(terms.Local);
        if (!terms.Fingerprints.IsEmpty && (before?.Association != terms.Association || before.Fingerprints != terms.Fingerprints))
            ExpectCertificate(terms.Fingerprints);
    }

    /// <summary>
    /// From now on the RTP port is shared by STUN, DTLS, RTP and RTCP (RFC 7983): the party is where ICE finds it, and encrypts by what DTLS agrees on.
    /// Nothing passes before. To be called before <see cref="SetRemote"/>; called again, hands are shaken anew (RFC 8842 §4).
    /// </summary>
    /// <param name="credentials">Ours, as the description says.</param>
    /// <param name="dtls">Who we are in handshakes.</param>
    /// <param name="role">Who begins the handshake.</param>
    public void UseIce(IceCredentials credentials, DtlsContext dtls, DtlsRole role) =>
        Session.Change(new SharedPortChange(this, credentials, dtls, role));

    /// <summary>Tells whose certificate the party must have (RFC 8122 §6.2); until then it is not heard.</summary>
    public void ExpectCertificate(ImmutableArray<CertificateFingerprint> fingerprints) =>
        Session.Change(new SharedPortUse(this, port => port.Expect(fingerprints)));

    /// <summary>Begins ICE anew with other credentials (RFC 8445 §9); keys and path stay until another is found.</summary>
    public void RestartIce(IceCredentials credentials) => Session.Change(new SharedPortUse(this, port => port.Restart(credentials)));

    /// <summary>How far ICE and DTLS have come; null for a leg without, or before its first packet.</summary>
    public LegSecurity? ReadSecurity() => _ports?.Rtp.Shared?.Security;

    /// <summary>How long the party has not asked for our packets where they go (RFC 7675); null before it has named a path, or without ICE.</summary>
    public TimeSpan? ReadConsentAge() => _ports?.Rtp.Shared?.ConsentAge;

    /// <summary>
    /// Has packets between this party and the joined one change payload types, in place of what was said of either before. For the call's
    /// signalling alone.
    /// </summary>
    /// <param name="formats">Null where both have the same.</param>
    public void Translate(PayloadTypeMaps? formats)
    {
        // Almost no call ever has any: nothing is made for those.
        if (_isReleased || (formats is null && Session.Translator is null) || IsAsBefore(formats))
            return;

        Session.Translator = this;
        _formats = formats;
        Session.Change(new FormatChange(this, formats));
    }

    /// <summary>Sets which way RTP flows, seen from this party; reports go on.</summary>
    public void SetDirection(MediaDirection direction) => Session.Change(new DirectionChange(this, direction));

    /// <summary>From now on what the party says is recorded, as far as it is G.711 by its static payload types.</summary>
    /// <param name="ring">Takes the call's packets; the legs of one session alone may share it.</param>
    /// <param name="channel">The party's number in the recording, 0 or 1.</param>
    public void Record(RecordingRing ring, int channel) => Session.Change(new RecordingChange(this, new RecordingTap(ring, channel)));

    /// <summary>Nothing of the party is recorded any more.</summary>
    public void StopRecording() => Session.Change(new RecordingChange(this, null));

    /// <summary>Has the party hear a clip from its beginning, in place of whom it is joined with, as far as it wants to hear anything.</summary>
    /// <remarks>It goes on in its stream: same source, next sequence number, running timestamp. Music that is played already goes on.</remarks>
    /// <param name="clip">The sound.</param>
    /// <param name="format">How the party takes it: <see cref="RemoteAudio.G711"/>.</param>
    /// <param name="loops">Whether it begins anew at its end, until <see cref="StopPlaying"/>.</param>
    public void Play(AudioClip clip, G711Format format, bool loops) => Session.ChangeNow(new PlayChange(this, clip, format, loops));

    /// <summary>Lets the party hear whom it is joined with again; harmless when nothing is played.</summary>
    public void StopPlaying() => Session.ChangeNow(new StopPlayChange(this));

    /// <summary>Has the party hear itself, without delay; whoever it was joined with hears nothing any more.</summary>
    public void Echo() => Session.Change(new EchoChange(this));

    /// <summary>
    /// The party comes from another leg, maybe of another session: what it hears goes on. To be called before anything is sent to it, and before the other leg is
    /// released.
    /// </summary>
    public void ComeFrom(RelayLeg former)
    {
        // A packet that is just on its way from there is one more of the same number then, which costs the party one of the two.
        if (former._ports?.Rtp.Position is { } position)
            Session.Change(new FollowChange(this, position));
    }

    /// <summary>How many packets of RTP the party was heard to send; also while it talks.</summary>
    public long CountAudio() => _ports?.Rtp.Counters.Received ?? 0;

    /// <summary>The same with RTCP: any sign that it is there.</summary>
    public long CountHeard() => _ports is { } ports ? ports.Rtp.Counters.Received + ports.Rtcp.Counters.Received : 0;

    /// <summary>Reads this leg's figures; also after its release.</summary>
    public LegStatistics ReadStatistics() => _ports is { IsSilent: false } ports ? ports.ReadStatistics(Session.Relay) : LegStatistics.None;

    /// <summary>On the relay's thread.</summary>
    internal void JoinWith(RelayLeg? partner)
    {
        Partner = partner;
        if (_isReleased)
            return;

        var isThere = partner is { _isReleased: false };
        Rtp.Partner = isThere ? partner!.Rtp : null;
    }

    /// <summary>On the relay's thread.</summary>
    internal void Protect(SrtpKeys? keys)
    {
        var before = Rtp.Protection;
        var now = LegProtection.After(before, keys);
        if (now != before)
            before?.GiveWayTo(now);
        Rtp.Protection = Rtcp.Protection = now;
    }

    /// <summary>On the relay's thread.</summary>
    internal void Share(SharedPort port)
    {
        Protect(null);
        Rtp.Shared = Rtcp.Shared = port;
    }

    /// <summary>From now on no packet begins to be handled for it.</summary>
    internal void Leave()
    {
        _isReleased = true;
        _ports!.Leave();
    }

    /// <summary>Gives the ports back; only while no packet is being handled that came before <see cref="Leave"/>.</summary>
    internal void GiveBack()
    {
        var ports = _ports!;
        ports.Rtp.Reports?.SayGoodbye();
        ports.Rtp.Protection?.Dispose();
        ports.Rtp.Shared?.Dispose();
        // What was counted stays with ports that are not used again; of silent ones there is nothing to tell.
        if (ports.IsSilent)
            _ports = null;
        ports.GiveBack();
    }

    // The same answer again, final after provisional: a digit that is just being sent goes on.
    private bool IsAsBefore(PayloadTypeMaps? formats) =>
        formats is not null && Session.Translator == this && _formats is { } before
        && before.FromParty.IsSameAs(formats.FromParty) && before.ToParty.IsSameAs(formats.ToParty);

    /// <summary>Two calls pointed at each other's ports would pass one packet round for ever.</summary>
    private bool MayLearn(IPEndPoint? signalled, RemoteAddressRule rule) =>
        rule != RemoteAddressRule.Verified || signalled is null || !Session.Relay.IsOwnPort(signalled);
}
