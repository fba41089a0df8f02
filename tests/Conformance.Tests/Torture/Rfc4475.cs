using static TekSipCloud.Conformance.Tests.Torture.Outcome;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>The 49 messages of RFC 4475.</summary>
internal static class Rfc4475
{
    public static readonly TortureCase[] Cases =
    [
        Case("3.1.1.1", "wsinv", Answered(481), "well-formed; its To tag names a dialog that is not here"),
        Case("3.1.1.2", "intmeth", Answered(405), "well-formed; a method nobody knows", shows: ("Allow", "INVITE")),
        Case("3.1.1.3", "esc01", Answered(404), "well-formed; the user part is unescaped once, and nobody has that name"),
        Case("3.1.1.4", "escnull", Challenged(403), "well-formed; the AOR is not cut at its NUL: null- may not register it", username: "null-"),
        Case("3.1.1.5", "esc02", Answered(405), "well-formed; an escape in a method is no escape", shows: ("Allow", "REGISTER")),
        Case("3.1.1.6", "lwsdisp", Answered(200), "well-formed; no space between name and <"),
        Case("3.1.1.7", "longreq", Called, "well-formed; 34 Vias, long values"),
        Case("3.1.1.8", "dblreq", Challenged(200), "a datagram ends with Content-Length; on a stream the INVITE after it is the next request",
            tcp: Challenged(200) with { Next = 407 }, username: "j.user"),
        Case("3.1.1.9", "semiuri", Answered(200), "well-formed; a semicolon within the user part"),
        Case("3.1.1.10", "transports", Answered(200), "well-formed; Vias of any transport"),
        Case("3.1.1.11", "mpart01", Answered(407), "well-formed; octets of any value in its body; who sends a MESSAGE has to say who it is",
            shows: ("Proxy-Authenticate", "Digest")),
        Case("3.1.1.12", "unreason", Dropped, "well-formed; the answer to nothing that was asked"),
        Case("3.1.1.13", "noreason", Dropped, "well-formed; the answer to nothing that was asked"),
        Case("3.1.2.1", "badinv01", Answered(400), "separators in Via and Contact"),
        Case("3.1.2.2", "clerr", Answered(400), "Content-Length beyond the datagram; a stream can only wait", tcp: Waits),
        Case("3.1.2.3", "ncl", Answered(400), "negative Content-Length; a stream has lost its message boundary", tcp: Closed(400)),
        Case("3.1.2.4", "scalar02", Answered(400), "CSeq beyond 2^31"),
        Case("3.1.2.5", "scalarlg", Dropped, "a response with a CSeq beyond 2^31"),
        Case("3.1.2.6", "quotbal", Answered(400), "an open quote in To"),
        Case("3.1.2.7", "ltgtruri", Answered(400), "<> around the Request-URI"),
        Case("3.1.2.8", "lwsruri", Answered(400), "a space within the Request-URI"),
        Case("3.1.2.9", "lwsstart", Answered(400), "two spaces in the request line"),
        Case("3.1.2.10", "trws", Answered(400), "spaces after the request line"),
        Case("3.1.2.11", "escruri", Answered(400), "headers in the Request-URI"),
        Case("3.1.2.12", "baddate", Called, "Date is not used, so its zone does not matter"),
        Case("3.1.2.13", "regbadct", Challenged(400), "headers in a Contact without <>", username: "user"),
        Case("3.1.2.14", "badaspec", Answered(400), "spaces within <>"),
        Case("3.1.2.15", "baddn", Answered(400), "a comma in a name without quotes"),
        Case("3.1.2.16", "badvers", Answered(505), "SIP/7.0"),
        Case("3.1.2.17", "mismatch01", Answered(400), "CSeq names another method"),
        Case("3.1.2.18", "mismatch02", Answered(501), "an unknown method, and CSeq names another"),
        Case("3.1.2.19", "bigcode", Dropped, "a response with the code 4294967301"),
        Case("3.2.1", "badbranch", Answered(200), "a branch of the cookie alone: matched as RFC 2543 did"),
        Case("3.3.1", "insuf", Answered(400), "no Call-ID, From, To, Max-Forwards"),
        Case("3.3.2", "unkscm", Answered(416), "a Request-URI of an unknown scheme"),
        Case("3.3.3", "novelsc", Answered(416), "a Request-URI of a scheme that is no SIP"),
        Case("3.3.4", "unksm2", Answered(400), "an AOR is a SIP URI"),
        Case("3.3.5", "bext01", Answered(420), "extensions that nobody supports", shows: ("Unsupported", "nothingSupportsThis")),
        Case("3.3.6", "invut", Answered(415), "a body of an unknown type", shows: ("Accept", "application/sdp")),
        Case("3.3.7", "regaut01", Answered(401), "credentials of an unknown scheme are none", shows: ("WWW-Authenticate", "Digest")),
        Case("3.3.8", "multi01", Answered(400), "several values in headers of one"),
        Case("3.3.9", "mcl01", Answered(400), "two lengths; a stream has lost its message boundary", tcp: Closed(400)),
        Case("3.3.10", "bcast", Dropped, "a response that names another hop behind the first"),
        Case("3.3.11", "zeromf", Answered(200), "this server is the target: its hops are over and it is here"),
        Case("3.3.12", "cparam01", Challenged(200), "without <> the parameter is the header's", username: "watson",
            shows: ("Contact", "<sip:+19725552222@gw1.example.net>;expires")),
        Case("3.3.13", "cparam02", Challenged(200), "within <> the parameter is the URI's", username: "watson",
            shows: ("Contact", "<sip:+19725552222@gw1.example.net;unknownparam>;expires")),
        Case("3.3.14", "regescrt", Challenged(200), "the escaped Route stays in the binding", username: "user",
            shows: ("Contact", "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>;expires")),
        Case("3.3.15", "sdp01", Answered(406), "the caller does not accept SDP", shows: ("Warning", "application/sdp")),
        Case("3.4.1", "inv2543", Called, "a caller of RFC 2543: no branch, tag, Contact, length; a stream needs the length", tcp: Closed(400)),
    ];

    private static TortureCase Case(
        string section, string name, Outcome udp, string because, Outcome? tcp = null, (string, string)? shows = null, string username = "") =>
        new(4475, section, name, udp, tcp, because) { Shows = shows, Username = username };
}
