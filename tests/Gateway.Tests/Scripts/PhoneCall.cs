using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>
/// A phone's side of a call: keeps tags, numbers and the remote target as RFC 3261 §12 says, checks nothing else by itself.
/// </summary>
internal sealed class PhoneCall
{
    private readonly Dictionary<string, SipMessage> _requests = [];
    private string _local = "";
    private string _remote = "";
    private string _target = "";
    private string _inviteBranch = "";
    private string _inviteUri = "";
    private uint _cseq;
    private uint _inviteCSeq;

    private PhoneCall(Phone phone, string callId)
    {
        Phone = phone;
        CallId = callId;
    }

    /// <summary>Where it is: another one when the phone has gone on by another way.</summary>
    public Phone Phone { get; set; }

    public string CallId { get; }

    /// <summary>What came last.</summary>
    public SipMessage Last { get; private set; } = null!;

    public string LastSdp => SipText.Body(Last);

    /// <summary>The URI that requests within the dialog are sent to.</summary>
    public string Target => _target;

    public string LocalTag => SipText.Parameter(_local, "tag");

    public string RemoteTag => SipText.Parameter(_remote, "tag");

    /// <param name="phone">The caller.</param>
    /// <param name="uri">Whom it calls.</param>
    /// <param name="from">What its From says; its own address by default.</param>
    /// <param name="callId">Its Call-ID; a new one by default.</param>
    public static PhoneCall Outgoing(Phone phone, string uri, string? from = null, string? callId = null) => new(phone, callId ?? phone.NewId("call"))
    {
        _local = $"{from ?? $"<sip:{phone.User}@{phone.Domain}>"};tag={phone.NewId("t")}",
        _remote = $"<{uri}>",
        _target = uri,
    };

    public static PhoneCall Incoming(Phone phone, SipMessage invite)
    {
        var call = new PhoneCall(phone, SipText.CallId(invite))
        {
            _local = $"{SipText.Header(invite, "To")};tag={phone.NewId("t")}",
            _remote = SipText.Header(invite, "From"),
            _target = SipText.Uri(SipText.Header(invite, "Contact")),
            Last = invite,
        };
        call._requests["INVITE"] = invite;
        return call;
    }

    /// <summary>The first INVITE of the call, or one within it.</summary>
    public void SendsInvite(string? sdp, params string[] headers)
    {
        _inviteBranch = Phone.NewBranch();
        _inviteUri = _target;
        _inviteCSeq = ++_cseq;
        var credentials = RemoteTag.Length == 0 ? Phone.Digest.Answer("Proxy-Authorization", "INVITE", _target) : "";
        Send("INVITE", _inviteUri, _inviteBranch, _cseq, sdp, [credentials, .. headers]);
    }

    /// <summary>Repeats the INVITE as it was, as a phone does that hears nothing.</summary>
    public void SendsInviteAgain(string? sdp) => Send("INVITE", _inviteUri, _inviteBranch, _inviteCSeq, sdp, []);

    /// <summary>A request within the dialog, or the ACK or CANCEL of its INVITE.</summary>
    public void Sends(string method, string? body = null, string contentType = "application/sdp", string fromTag = "")
    {
        switch (method)
        {
            case "INVITE":
                SendsInvite(body);
                break;
            case "ACK" when Last is { StatusCode: >= 300 }:
                Send(method, _inviteUri, _inviteBranch, _inviteCSeq, body, []);
                break;
            case "ACK":
                Send(method, _target, Phone.NewBranch(), _inviteCSeq, body, []);
                break;
            case "CANCEL":
                Send(method, _inviteUri, _inviteBranch, _inviteCSeq, null, []);
                break;
            default:
                Send(method, _target, Phone.NewBranch(), ++_cseq, body, [], contentType, fromTag);
                break;
        }
    }

    /// <summary>A request within the dialog with headers of its own.</summary>
    public void SendsWith(string method, string body, string contentType, params string[] headers) =>
        Send(method, _target, Phone.NewBranch(), ++_cseq, body, headers, contentType);

    /// <summary>An UPDATE (RFC 3311).</summary>
    public void SendsUpdate(string? sdp = null, params string[] headers) =>
        Send("UPDATE", _target, Phone.NewBranch(), ++_cseq, sdp, headers);

    /// <summary>An answer to the last request of a method that came.</summary>
    public void Sends(int status, string? sdp = null, string to = "INVITE", string tag = "", params string[] headers)
    {
        var request = _requests[to];
        var toLine = tag.Length > 0 ? $"{SipText.Header(request, "To")};tag={tag}" : _local;
        var isDialog = to == "INVITE" && status is > 100 and < 300;
        string[] lines =
        [
            .. SipText.Lines(request, "Via"), $"From: {SipText.Header(request, "From")}", $"To: {toLine}", $"Call-ID: {CallId}",
            $"CSeq: {SipText.Header(request, "CSeq")}", isDialog ? $"Contact: {Phone.Contact}" : "", .. headers,
        ];
        Phone.Sends(SipText.Write($"SIP/2.0 {status} X", lines, sdp));
    }

    /// <summary>Answers with audio, in the kind that was offered.</summary>
    public void Answers(string? sdp = null) => Sends(200, sdp ?? Sdp.Answer(LastSdp, Phone.Address));

    /// <summary>The next message of this call, which must be a response of this status.</summary>
    public SipMessage Gets(int status)
    {
        Takes(Phone.Take(m => !m.IsRequest && m.StatusCode == status, $"{status}", skipTrying: status != 100, CallId));
        return Last;
    }

    /// <summary>The next message of this call, which must be a request of this method.</summary>
    public SipMessage Gets(string method)
    {
        Takes(Phone.Take(m => Phone.IsRequest(m, method), method, skipTrying: true, CallId));
        return Last;
    }

    /// <summary>The INVITE that came last.</summary>
    public SipMessage Invite => _requests["INVITE"];

    /// <summary>The request of a method that came last.</summary>
    public SipMessage Request(string method) => _requests[method];

    /// <summary>Whether a request of this method came, so that it can be answered.</summary>
    public bool Got(string method) => _requests.ContainsKey(method);

    /// <summary>Takes over what a message says about the call.</summary>
    public void Takes(SipMessage message)
    {
        Last = message;
        if (message.IsRequest)
        {
            _requests[SipText.FirstLine(message).Split(' ')[0]] = message;
        }
        else if (SipText.Header(message, "CSeq").EndsWith("INVITE", StringComparison.Ordinal) && message.StatusCode is > 100 and < 300)
        {
            _remote = SipText.Header(message, "To");
            _target = SipText.Header(message, "Contact") is { Length: > 0 } contact ? SipText.Uri(contact) : _target;
        }
    }

    /// <summary>Nothing of this call but 100s came.</summary>
    public void GetsNothing() => Assert.DoesNotContain(
        Phone.Flow.Inbox, m => SipText.CallId(m) == CallId && (m.IsRequest || m.StatusCode > 100));

    /// <summary>The BYE comes, and is answered.</summary>
    public void GetsBye()
    {
        Gets("BYE");
        Sends(200, to: "BYE");
    }

    /// <summary>Hangs up; the answer comes.</summary>
    public void HangsUp()
    {
        Sends("BYE");
        Gets(200);
    }

    /// <summary>The refusal comes, and is acknowledged (RFC 3261 §17.1.1.3).</summary>
    public void GetsRefusal(int status)
    {
        Gets(status);
        Sends("ACK");
    }

    /// <summary>The text of a request within the dialog, for scripts that let somebody else send it.</summary>
    public string TextOf(string method, Phone sender) =>
        Write(method, _target, sender.Via(sender.NewBranch()), _cseq + 1, null, []);

    /// <summary>The text of the INVITE as it would come by another proxy: the same but for its top Via.</summary>
    public string TextOfCopy(string credentials) =>
        Write("INVITE", _inviteUri, Phone.Via(Phone.NewBranch()), _inviteCSeq, Sdp.Of(Phone.Address), [credentials]);

    /// <summary>The text of this call's CANCEL.</summary>
    public string TextOfCancel() => Write("CANCEL", _inviteUri, Phone.Via(_inviteBranch), _inviteCSeq, null, []);

    private void Send(
        string method, string uri, string branch, uint cseq, string? body, string[] headers,
        string contentType = "application/sdp", string fromTag = "") =>
        Phone.Sends(Write(method, uri, Phone.Via(branch), cseq, body, headers, contentType, fromTag));

    private string Write(
        string method, string uri, string via, uint cseq, string? body, string[] headers,
        string contentType = "application/sdp", string fromTag = "")
    {
        var from = fromTag.Length > 0 ? $"{_local.Split(";tag=")[0]};tag={fromTag}" : _local;
        string[] lines =
        [
            via, "Max-Forwards: 70", $"From: {from}", $"To: {(method == "CANCEL" ? _remote.Split(";tag=")[0] : _remote)}",
            $"Call-ID: {CallId}", $"CSeq: {cseq} {method}", method is "INVITE" or "ACK" or "UPDATE" ? $"Contact: {Phone.Contact}" : "", .. headers,
        ];
        return SipText.Write($"{method} {uri} SIP/2.0", lines, body, contentType);
    }
}
