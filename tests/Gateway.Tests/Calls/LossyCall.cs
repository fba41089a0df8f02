using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A call that goes as a throw of dice says, between two phones in a network that loses messages.</summary>
internal sealed class LossyCall
{
    // In steps. Whose every 180 was lost is not cancelled (RFC 3261 §9.1), and rings until its owner minds.
    private const int LongestRinging = 150;

    private readonly Random _random;
    private readonly LossyNetwork _network;
    private readonly Phone _phone;
    private readonly Fate _fate;
    private LossyParty? _callee;
    private int _steps;
    private int _rung;
    private bool _isCancelled;
    private bool _isEnding;

    public LossyCall(Phone caller, Phone callee, string callId, LossyNetwork network, Random random)
    {
        (_phone, _network, _random) = (callee, network, random);
        _fate = (Fate)random.Next(Enum.GetValues<Fate>().Length);
        _steps = random.Next(8);
        Caller = new(caller.InvitesBy(callId, callee.User), network);
        Caller.HasInvited();
    }

    private enum Fate
    {
        CancelledAtOnce,
        CancelledWhileItRings,
        Refused,
        Unanswered,
        HungUpByCaller,
        HungUpByCallee,
    }

    public LossyParty Caller { get; }

    public bool IsOver => Caller.IsQuiet && _callee is null or { IsQuiet: true };

    /// <summary>What the history has to say of it.</summary>
    public (int Status, CallEnd EndedBy) End => _fate switch
    {
        Fate.CancelledAtOnce or Fate.CancelledWhileItRings => (487, CallEnd.Caller),
        Fate.Refused => (486, CallEnd.Callee),
        Fate.Unanswered => (480, CallEnd.System),
        Fate.HungUpByCaller => (200, CallEnd.Caller),
        _ => (200, CallEnd.Callee),
    };

    /// <summary>Both parties take what came, but for what was lost, and do what is next.</summary>
    public void Step()
    {
        Listen(Caller.Call.Phone);
        Listen(_phone);
        if (Caller.IsConfirmed && _callee is { IsConfirmed: true, IsOver: false } && !Caller.IsOver)
            Speaks(_callee);
        else
            Begins();
        Caller.Repeats();
        _callee?.Repeats();
    }

    private void Begins()
    {
        var isRinging = _callee is { IsAsked: true };
        if (Caller.IsProceeding && !_isCancelled && IsCancelledNow(isRinging))
            Cancels();
        if (isRinging && _fate >= Fate.HungUpByCaller && --_steps < 0)
            _callee!.Answers(200);
        else if (isRinging && _fate == Fate.Refused && --_steps < 0)
            _callee!.Answers(486);
        else if (isRinging && ++_rung > LongestRinging)
            _callee!.Answers(480);
    }

    private void Cancels()
    {
        Caller.Cancels();
        _isCancelled = true;
    }

    // RFC 3261 §9.1: after a provisional response.
    private bool IsCancelledNow(bool isRinging) =>
        _fate == Fate.CancelledAtOnce || (_fate == Fate.CancelledWhileItRings && isRinging && --_steps < 0);

    /// <summary>Hold, resume and inactive by either party, then the end, which may come in the middle of a change.</summary>
    private void Speaks(LossyParty callee)
    {
        if (_isEnding)
            return;

        var party = _random.Next(2) == 0 ? Caller : callee;
        _isEnding = _random.Next(6) == 0;
        if (_isEnding)
            (_fate == Fate.HungUpByCaller ? Caller : callee).HangsUp();
        else if (!party.IsChanging && !party.IsAsked)
            party.Changes(_random.GetItems(["sendonly", "sendrecv", "inactive"], 1)[0]);
    }

    private void Listen(Phone phone)
    {
        foreach (var message in phone.Flow.Inbox.ToArray())
        {
            if (_network.Loses())
                continue;

            var callId = SipText.CallId(message);
            if (callId == Caller.Call.CallId)
                Caller.Takes(message);
            else if (_callee?.Call.CallId == callId)
                _callee.Takes(message);
            else if (_callee is null && Phone.IsRequest(message, "INVITE"))
                Rings(phone, message);
        }

        phone.Ignores();
    }

    private void Rings(Phone phone, SipMessage invite)
    {
        _callee = new(PhoneCall.Incoming(phone, invite), _network);
        _callee.Takes(invite);
        _callee.Rings();
    }
}
