using System.Globalization;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>
/// A party of a call in a network that loses messages: repeats its requests and final answers until it hears of them, and answers what is repeated as before
/// (RFC 3261 §13.3.1.4, §17).
/// </summary>
internal sealed class LossyParty(PhoneCall call, LossyNetwork network)
{
    // 64*T1 at one in half a second.
    private const int MostTries = 64;

    /// <summary>By CSeq: requests without a final answer.</summary>
    private readonly Dictionary<string, Repeated> _open = [];

    /// <summary>By top Via and method: what a request was answered.</summary>
    private readonly Dictionary<string, string> _answers = [];

    /// <summary>By CSeq: the ACK of an INVITE.</summary>
    private readonly Dictionary<string, string> _acks = [];

    private Repeated? _final;
    private string _asked = "";
    private int _version = 1;

    public PhoneCall Call => call;

    /// <summary>Whether the INVITE was heard of.</summary>
    public bool IsProceeding { get; private set; }

    /// <summary>Whether the call was answered, and the callee heard that the answer arrived.</summary>
    public bool IsConfirmed { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Whether it has hung up, whoever was first.</summary>
    public bool HasHungUp { get; private set; }

    /// <summary>The status that it was told last of a transfer it asked for; 0 for none.</summary>
    public int Progress { get; private set; }

    /// <summary>Whether the party waits for nothing any more: what it asked of a session that is over need not be answered (RFC 3261 §15.1.1).</summary>
    public bool IsQuiet => IsOver && _final is null && _open.Keys.All(IsInvite);

    /// <summary>Whether it has asked for a change that is not answered.</summary>
    public bool IsChanging => _open.Keys.Any(IsInvite);

    /// <summary>Whether it was asked, by INVITE, what it has not answered finally.</summary>
    public bool IsAsked => _asked.Length > 0;

    /// <summary>The INVITE was sent by other means.</summary>
    public void HasInvited() => _open["1 INVITE"] = new(network.LastSent);

    public void Cancels() => Asks("CANCEL");

    public void HangsUp()
    {
        HasHungUp = true;
        Asks("BYE");
    }

    /// <summary>Asks that the other party be connected with somebody else (RFC 3515 §2.4.1).</summary>
    public void Refers(string target)
    {
        call.SendsWith("REFER", "", "", $"Refer-To: {target}", $"Contact: {call.Phone.Contact}");
        RepeatsLast();
    }

    public void Changes(string direction) => Asks("INVITE", Sdp.Of(call.Phone.Address, 40000, direction, ++_version));

    public void Rings() => Answers(_asked, 180, "INVITE");

    /// <summary>Answers the INVITE that it was asked; the answer is repeated until it is acknowledged.</summary>
    public void Answers(int status)
    {
        Answers(_asked, status, "INVITE", status == 200 ? Answer() : null);
        _final = new(network.LastSent);
        _asked = "";
        IsOver |= status > 200 && !IsConfirmed;
    }

    public void Takes(SipMessage message)
    {
        if (message.IsRequest)
            TakesRequest(message, SipText.FirstLine(message).Split(' ')[0]);
        else
            TakesAnswer(message, SipText.Header(message, "CSeq"));
    }

    /// <summary>Repeats what was not heard of.</summary>
    public void Repeats()
    {
        foreach (var (cseq, request) in _open.ToArray())
        {
            if (!(IsProceeding && IsInvite(cseq)) && !TrySend(request))
                _open.Remove(cseq);
        }

        if (_final is { } final && !TrySend(final))
            _final = null;
    }

    private void TakesRequest(SipMessage request, string method)
    {
        var key = $"{SipText.Header(request, "Via")} {method}";
        if (method == "ACK")
        {
            IsConfirmed |= _final is not null && !IsOver;
            _final = null;
        }
        else if (_answers.TryGetValue(key, out var answer))
        {
            call.Phone.Sends(answer);
        }
        else
        {
            call.Takes(request);
            TakesNew(key, method);
        }
    }

    private void TakesNew(string key, string method)
    {
        if (method == "INVITE")
        {
            _asked = key;
            if (IsConfirmed || IsOver)
                Answers(IsOver ? 481 : IsChanging ? 491 : 200);
            return;
        }

        Answers(key, 200, method);
        if (method == "NOTIFY")
            Progress = int.Parse(SipText.Body(call.Last).Split(' ')[1], CultureInfo.InvariantCulture);
        if (method is not ("CANCEL" or "BYE"))
            return;

        IsOver |= method == "BYE" || !IsConfirmed;
        if (IsAsked)
            Answers(487);
        else if (method == "BYE")
            _final = null;
    }

    private void TakesAnswer(SipMessage answer, string cseq)
    {
        if (_acks.TryGetValue(cseq, out var ack) && answer.StatusCode >= 200)
        {
            call.Phone.Sends(ack);
            return;
        }

        if (!_open.ContainsKey(cseq))
            return;

        var isInvite = IsInvite(cseq);
        if (isInvite)
            call.Takes(answer);
        IsProceeding |= isInvite;
        if (answer.StatusCode >= 200)
            TakesFinal(answer.StatusCode, cseq, isInvite);
    }

    private void TakesFinal(int status, string cseq, bool isInvite)
    {
        _open.Remove(cseq);
        if (isInvite)
        {
            call.Sends("ACK");
            _acks[cseq] = network.LastSent;
            IsProceeding = false;
            IsOver |= !IsConfirmed && status > 200;
            IsConfirmed |= status == 200;
        }

        IsOver |= cseq.EndsWith(" BYE", StringComparison.Ordinal);
    }

    private void Asks(string method, string? sdp = null)
    {
        call.Sends(method, sdp);
        RepeatsLast();
    }

    private void RepeatsLast() => _open[network.LastSent.Split("CSeq: ")[1].Split("\r\n")[0]] = new(network.LastSent);

    private void Answers(string key, int status, string method, string? sdp = null)
    {
        call.Sends(status, sdp, method);
        _answers[key] = network.LastSent;
    }

    private string Answer() => Sdp.Of(
        call.Phone.Address, 41000,
        Sdp.DirectionOf(SipText.Body(call.Invite)) switch { "sendonly" => "recvonly", "recvonly" => "sendonly", var same => same }, ++_version);

    private static bool IsInvite(string cseq) => cseq.EndsWith(" INVITE", StringComparison.Ordinal);

    private bool TrySend(Repeated message)
    {
        if (++message.Tries <= MostTries)
            call.Phone.Sends(message.Text);
        return message.Tries <= MostTries;
    }

    private sealed class Repeated(string text)
    {
        public string Text => text;

        public int Tries { get; set; }
    }
}
