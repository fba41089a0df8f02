using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Dialogs;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <content>Its session's time (RFC 4028), and UPDATE (RFC 3311).</content>
internal sealed partial class CallLeg
{
    private SessionTimer? _session;

    /// <summary>Whether the peer takes UPDATE, as its last Allow said.</summary>
    public bool AllowsUpdate { get; private set; }

    /// <summary>What the peer is told that we know: only an extension's phone may take a party's place.</summary>
    private ReadOnlySpan<byte> Extensions =>
        Destination is null && !IsOriginationOnly ? Abilities.ToPhones : Abilities.ToDestinations;

    /// <summary>Whether a refresh of ours waits for the answer to its offer.</summary>
    public bool IsRefreshing => _session is { Refresh.IsOffering: true };

    /// <summary>Whether it is a callee's that has not answered.</summary>
    public bool IsRinging => Side == CallEnd.Callee && dialog.State == DialogState.Early;

    /// <summary>Whether an offer of either side is not settled yet, so that no other may be made.</summary>
    public bool IsChanging => Reinvite is not null || AwaitsAck || IsRefreshing || Realignment is { IsOffering: true };

    /// <summary>Our offer of another party's sound, made or to be made; null for none.</summary>
    public Realignment? Realignment { get; set; }

    /// <summary>The session is open: what was agreed on about its time, and whether the peer takes UPDATE.</summary>
    public void OpenSession(SessionTerms terms, bool allowsUpdate)
    {
        AllowsUpdate = allowsUpdate;
        Agree(terms);
    }

    /// <summary>Answers the peer's UPDATE with 200 (RFC 3311 §5.2).</summary>
    /// <param name="update">The UPDATE.</param>
    /// <param name="sdp">The answer to its offer; null when it made none.</param>
    public void Accept(ServerTransaction update, byte[]? sdp)
    {
        Gateway.StartReply(update, 200);
        Gateway.WriteContact(Gateway.Writer, update.Flow, dialog.NeedsSipsContact, Destination);
        AgreeWith(update.Request);
        if (sdp is null)
            Gateway.Writer.End();
        else
            Gateway.Writer.Body("application/sdp"u8, sdp);
        update.Respond(200, Gateway.Writer.Written);
    }

    /// <summary>Says in a request of ours how long the session lasts (RFC 4028 §7.4).</summary>
    public void WriteSession()
    {
        Gateway.Writer.Header(SipHeaderName.Supported, Extensions);
        (_session?.Terms ?? default).WriteRequest(Gateway.Writer, Gateway.Context.Options);
    }

    /// <summary>Takes what the peer's 2xx to a request of ours says of the session.</summary>
    public void TakeSession(SipMessage response)
    {
        TakeAllow(response);
        Agree(SessionTerms.Answered(response));
    }

    /// <summary>The peer takes no session interval as short as ours (RFC 4028 §7.3); false when we asked for none.</summary>
    public bool Prolong(uint minSe)
    {
        if (_session is null or { Terms.IsNone: true })
            return false;

        _session.Prolong(minSe);
        return true;
    }

    /// <summary>The peer said that it takes UPDATE, and does not.</summary>
    public void ForgetUpdate() => AllowsUpdate = false;

    /// <summary>Says in the 2xx under way how long the session lasts, as the request wants it (RFC 4028 §9).</summary>
    private void AgreeWith(SipMessage request)
    {
        TakeAllow(request);
        // Before the answer there is no session whose time could run.
        var terms = _call.IsAnswered ? SessionTerms.Answering(request, Gateway.Context.Options) : default;
        Gateway.Writer.Header(SipHeaderName.Allow, IsOriginationOnly ? Origination.Allow : RequestChecks.AllowInDialog);
        Gateway.Writer.Header(SipHeaderName.Supported, Extensions);
        terms.WriteAnswer(Gateway.Writer);
        Agree(terms);
    }

    private void TakeAllow(SipMessage message)
    {
        if (message.Has(SipHeaderName.Allow))
            AllowsUpdate = message.HasToken(SipHeaderName.Allow, "UPDATE"u8);
    }

    private void Agree(SessionTerms terms)
    {
        if (_session is not null)
            _session.Agree(terms);
        else if (!terms.IsNone && !_call.IsOver)
            _session = new(this, terms);
    }
}
