using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Silo.Tests.Refusals;

/// <summary>Requests as text, with what a test wants to be wrong put in.</summary>
internal static class SipRequests
{
    public static string Register(SipClient client, string username, string domain, string callId, int cseq = 1, string more = "") => $"""
        REGISTER sip:{domain} SIP/2.0
        {client.Via()}
        Max-Forwards: 70
        From: <sip:{username}@{domain}>;tag=f1
        To: <sip:{username}@{domain}>
        Call-ID: {callId}
        CSeq: {cseq} REGISTER
        Contact: <sip:{username}@{client.Address};transport={client.Transport.ToLowerInvariant()}>
        {more}Expires: 600
        Content-Length: 0


        """;

    public static string Invite(SipClient client, string caller, string domain, string number, string callId) => $"""
        INVITE sip:{number}@{domain} SIP/2.0
        {client.Via()}
        Max-Forwards: 70
        From: <sip:{caller}@{domain}>;tag=f1
        To: <sip:{number}@{domain}>
        Call-ID: {callId}
        CSeq: 1 INVITE
        Contact: <sip:{caller}@{client.Address}>
        Content-Length: 0


        """;

    /// <summary>Registers, or tries to, with a password.</summary>
    public static async Task<SipAnswer> RegisterWith(SipClient client, string username, string domain, string password, string callId)
    {
        var challenged = await client.Ask(Register(client, username, domain, callId));
        if (challenged.Status != 401)
            return challenged;

        var answer = DigestAnswer.To(challenged.Header("WWW-Authenticate")!, "REGISTER", $"sip:{domain}", username, password);
        return await client.Ask(Register(client, username, domain, callId, cseq: 2, $"Authorization: {answer}\n"));
    }
}
