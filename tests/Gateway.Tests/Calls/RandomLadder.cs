using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>One call between a caller and an extension with two devices, to which anything may happen in any order.</summary>
internal sealed class RandomLadder : IAsyncDisposable
{
    /// <summary>How many kinds of step there are.</summary>
    public const int Kinds = 36;

    /// <summary>Nobody has answered the gateway's question where the callee is.</summary>
    public static readonly int[] LookedUp = [];

    /// <summary>A device rings.</summary>
    public static readonly int[] Ringing = [27, 10];

    /// <summary>The call is answered and acknowledged.</summary>
    public static readonly int[] Answered = [27, 10, 12, 3];

    private readonly SipScript _script = new();
    private readonly Phone[] _phones;
    private readonly PhoneCall _call;
    private readonly List<PhoneCall> _callees = [];
    private readonly bool _offersLate;
    private readonly bool _isReliable;
    private SipMessage? _unacknowledged;
    private uint _rseq;

    /// <param name="offersLate">Whether the caller leaves the offer to the callee.</param>
    /// <param name="change">What happens to the bytes of each message that a phone sends.</param>
    /// <param name="isReliable">Whether all phones speak of reliable provisional responses (RFC 3262).</param>
    /// <param name="isByPreference">Whether one device rings when the other one has not answered (RFC 3261 §16.6), rather than at the same time.</param>
    public RandomLadder(bool offersLate, Func<byte[], byte[]>? change = null, bool isReliable = false, bool isByPreference = false)
    {
        (_offersLate, _isReliable) = (offersLate, isReliable);
        var alice = _script.Registered("101");
        _script.AddExtension("102", e => e with { Redirection = "103" });
        var second = _script.Phone("102");
        second.Registers(isByPreference ? $"{second.Contact};q=0.5" : second.Contact);
        _phones = [alice, _script.Registered("102"), second, _script.Registered("103")];
        _script.Grains.Weather.IsSlow = true;
        foreach (var phone in _phones)
            phone.Flow.GetsEchoes = change is not null;
        _script.Change = change;
        _call = alice.Invites("102", offersLate ? null : Sdp.Of(alice.Address), isReliable ? "Supported: 100rel" : "");
    }

    public void Step(int kind)
    {
        Listen();
        if (kind < 10)
            Caller(kind);
        else if (kind < 24)
            Callee((kind % 2 == 0 ? _callees.FirstOrDefault() : _callees.LastOrDefault()), kind - 10);
        else
            World(kind);
    }

    /// <summary>Whatever is still there is hung up; then nothing may be left.</summary>
    public async Task End()
    {
        _script.Change = null;
        foreach (var phone in _phones)
            phone.Flow.IsBroken = phone.Flow.IsDeaf = false;

        Hurry();
        _script.Grains.Weather.IsDown = false;
        _script.ClusterGoesOn();
        Listen();
        _ = _script.Context.Calls.HangUpAll("The test is over.");
        _script.Settle();
        await _script.LeavesNothing();
    }

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private void Listen()
    {
        foreach (var phone in _phones)
        {
            foreach (var message in phone.Flow.Inbox.ToArray())
            {
                if (SipText.Header(message, "RSeq").Length > 0)
                    _unacknowledged = message;
                var known = _callees.Append(_call).FirstOrDefault(c => c.CallId == SipText.CallId(message));
                if (known is not null)
                    known.Takes(message);
                else if (Phone.IsRequest(message, "INVITE"))
                    _callees.Add(PhoneCall.Incoming(phone, message));
            }

            phone.Ignores();
        }
    }

    private void Caller(int kind)
    {
        switch (kind)
        {
            case 0: _call.Sends("CANCEL"); break;
            case 1 or 2: _call.Sends("ACK"); break;
            case 3: _call.Sends("ACK", Sdp.Of("192.0.2.10", version: 2)); break;
            case 4: _call.Sends("BYE"); break;
            case 5: _call.Sends("INVITE", Sdp.Of("192.0.2.10", direction: "sendonly", version: 3)); break;
            case 6: _call.Sends("INVITE"); break;
            case 7 when _unacknowledged is { } response: Prack(response); break;
            case 7: _call.Sends("INFO", "Signal=1", "application/dtmf-relay"); break;
            case 8: Answer(_call, 200, "INVITE"); break;
            default: Answer(_call, 200, "BYE"); break;
        }
    }

    private void Callee(PhoneCall? callee, int kind)
    {
        if (callee is null)
            return;

        switch (kind)
        {
            case 0: Answer(callee, 180, "INVITE"); break;
            case 1 when _isReliable: callee.Sends(183, Sdp.Of("192.0.2.11"), headers: ["Require: 100rel", $"RSeq: {++_rseq}"]); break;
            case 1: callee.Sends(183, Sdp.Of("192.0.2.11")); break;
            case 2 or 3 or 4: callee.Answers(); break;
            case 5: Answer(callee, 200, "INVITE"); break;
            case 6: Answer(callee, 486, "INVITE"); break;
            case 7: Answer(callee, 603, "INVITE"); break;
            case 8: Answer(callee, 487, "INVITE"); break;
            case 9: Answer(callee, 200, "CANCEL"); break;
            case 10: Answer(callee, 200, "BYE"); break;
            case 11: callee.Sends("BYE"); break;
            case 12: callee.Sends("INVITE", Sdp.Of("192.0.2.11", direction: "inactive", version: 4)); break;
            default: callee.Sends("ACK"); break;
        }
    }

    private void World(int kind)
    {
        switch (kind)
        {
            case 24: _script.Passes(0.7); break;
            case 25: _script.Passes(9); break;
            case 26: _script.Passes(33); break;
            case 27 or 28: _script.ClusterGoesOn(); break;
            case 29: _script.Grains.Weather.IsSlow = true; break;
            case 30: _script.Grains.Weather.IsDown ^= true; break;
            case 31: _phones[0].Flow.IsBroken ^= true; break;
            case 32: _phones[1].Flow.IsDeaf ^= true; break;
            case 33: Close(_phones[0]); break;
            case 34: _script.IsBusy = true; break;
            default: Hurry(); break;
        }
    }

    private void Hurry()
    {
        _script.IsBusy = false;
        _script.Settle();
    }

    private void Close(Phone phone)
    {
        _script.Receiver.OnClosed(phone.Flow);
        _script.Settle();
    }

    private void Prack(SipMessage response) => _call.SendsWith(
        "PRACK", _offersLate ? Sdp.Of("192.0.2.10") : "", "application/sdp",
        $"RAck: {SipText.Header(response, "RSeq")} {SipText.Header(response, "CSeq")}");

    private static void Answer(PhoneCall call, int status, string method)
    {
        if (call.Got(method))
            call.Sends(status, to: method);
    }
}
