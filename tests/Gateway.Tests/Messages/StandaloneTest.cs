using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Messages;

/// <summary>A test of requests out of calls.</summary>
public abstract class StandaloneTest : GatewayTest
{
    /// <summary>Sends a MESSAGE to a number with credentials, as a phone does that was challenged before.</summary>
    internal static void SendsMessage(Phone phone, string number, params string[] headers) =>
        Sends(phone, "MESSAGE", $"sip:{number}@{phone.Domain}", "hello", headers);

    /// <summary>Sends an OPTIONS to a number with credentials.</summary>
    internal static void SendsOptions(Phone phone, string number, params string[] headers) =>
        Sends(phone, "OPTIONS", $"sip:{number}@{phone.Domain}", null, headers);

    internal static void Sends(Phone phone, string method, string uri, string? body, params string[] headers) =>
        phone.Sends(Text(phone, method, uri, body, [phone.Digest.Answer("Proxy-Authorization", method, uri), .. headers]));

    /// <summary>The text of a request; a header that is given stands in place of the usual one.</summary>
    internal static string Text(Phone phone, string method, string uri, string? body, params string[] headers)
    {
        string[] usual =
        [
            phone.Via(phone.NewBranch()), "Max-Forwards: 70", $"From: <sip:{phone.User}@{phone.Domain}>;tag={phone.NewId("t")}", $"To: <{uri}>",
            $"Call-ID: {phone.NewId("standalone")}", $"CSeq: 1 {method}",
        ];
        var kept = usual.Where(line => !headers.Any(header => NameOf(header) == NameOf(line)));
        return SipText.Write($"{method} {uri} SIP/2.0", [.. kept, .. headers], body, "text/plain");
    }

    /// <summary>A phone answers a request.</summary>
    internal static void Answers(Phone phone, SipMessage request, int status, params string[] headers) => phone.Sends(SipText.Write(
        $"SIP/2.0 {status} X",
        [
            .. SipText.Lines(request, "Via"), $"From: {SipText.Header(request, "From")}", $"To: {SipText.Header(request, "To")};tag={phone.NewId("t")}",
            $"Call-ID: {SipText.CallId(request)}", $"CSeq: {SipText.Header(request, "CSeq")}", .. headers,
        ],
        null));

    private static string NameOf(string line) => line.Split(':')[0];
}
