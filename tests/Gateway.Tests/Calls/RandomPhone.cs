using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A phone, or a carrier, that does the same with every call it gets, and answers what comes within one as a phone does.</summary>
/// <param name="phone">The phone.</param>
/// <param name="behaviour">What it does with a call, as a number below <see cref="Behaviours"/>.</param>
internal sealed class RandomPhone(Phone phone, int behaviour)
{
    /// <summary>How many ways there are.</summary>
    public const int Behaviours = 14;

    private readonly Dictionary<string, PhoneCall> _calls = [];

    /// <summary>Takes what has come.</summary>
    public void Listens()
    {
        foreach (var message in phone.Flow.Inbox.ToArray())
        {
            phone.Flow.Inbox.Remove(message);
            if (message.IsRequest)
                Takes(message, SipText.FirstLine(message).Split(' ')[0]);
        }
    }

    private void Takes(SipMessage request, string method)
    {
        var isKnown = _calls.TryGetValue(SipText.CallId(request), out var call);
        if (!isKnown)
            _calls[SipText.CallId(request)] = call = PhoneCall.Incoming(phone, request);
        call!.Takes(request);
        switch (method)
        {
            case "ACK":
                break;
            case "INVITE" when !isKnown:
                Behaves(call);
                break;
            case "INVITE":
                call.Answers();
                break;
            case "CANCEL":
                call.Sends(200, to: method);
                call.Sends(487);
                break;
            default:
                call.Sends(200, to: method);
                break;
        }
    }

    private void Behaves(PhoneCall call)
    {
        switch (behaviour)
        {
            case 0 or 1 or 2 or 3: call.Answers(); break;
            case 4: call.Sends(180); break;
            // Not even 100.
            case 5: break;
            case 6: call.Sends(200); break;
            case 7: call.Answers(Sdp.Of(phone.Address, 41000, codecs: "18")); break;
            case 8: call.Sends(302, headers: [$"Contact: <sip:102@{phone.Domain}>"]); break;
            case 9: call.Sends(302, headers: ["Contact: <sip:0123@elsewhere.example>"]); break;
            default: call.Sends(behaviour switch { 10 => 486, 11 => 603, 12 => 503, _ => 404 }); break;
        }
    }
}
