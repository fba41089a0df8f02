using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Makes of SIP messages what the books and the console show of a call.</summary>
internal static class CallSummaries
{
    /// <summary>The call as it begins: the callee is the number dialled.</summary>
    public static CallSummary Of(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted)
    {
        var context = gateway.Context;
        var started = context.Clock.GetUtcNow();
        var request = invite.Request;
        return new CallSummary
        {
            Id = Guid.CreateVersion7(started),
            Tenant = admitted.Tenant.Id,
            Node = context.Node.Name,
            Incarnation = context.Node.Incarnation,
            Caller = Caller(invite, admitted.Requester),
            Callee = new CallParty(DialledNumber(request), "", CallPartyKind.Unknown, "", ""),
            Started = started,
            Destination = admitted.Requester.Destination?.Name,
            SipCallId = Encoding.UTF8.GetString(request.CallId),
        };
    }

    /// <summary>The party that answered: what is known of its binding or destination, and the name it gives itself.</summary>
    public static CallParty Callee(Candidate winner, SipMessage answer)
    {
        var agent = HeaderText.Of(answer, SipHeaderName.UserAgent);
        var party = winner.Target.Party;
        return party with
        {
            Address = winner.Address,
            UserAgent = agent.Length > 0 ? agent : HeaderText.Of(answer, SipHeaderName.Server) is { Length: > 0 } server ? server : party.UserAgent,
        };
    }

    private static CallParty Caller(InviteServerTransaction invite, Requester requester)
    {
        _ = invite.Request.TryGetFrom(out var from);
        var name = DisplayName(from);
        var agent = HeaderText.Of(invite.Request, SipHeaderName.UserAgent);
        var address = invite.Flow.RemoteText;
        return requester.Extension is { } extension
            ? new CallParty(
                extension.Username, extension.DisplayName.Length > 0 ? extension.DisplayName : name, CallPartyKind.Extension, address, agent)
            : new CallParty(from.TryGetUri(out var uri, out _) ? User(uri) : "", name, CallPartyKind.Destination, address, agent);
    }

    private static string DialledNumber(SipMessage request) => request.TryGetRequestUri(out var uri, out _) ? User(uri) : "";

    private static string User(SipUri uri)
    {
        Span<byte> buffer = stackalloc byte[256];
        return HeaderText.Readable(uri.User.Length <= buffer.Length ? uri.UnescapeUser(buffer) : uri.User[..buffer.Length]);
    }

    private static string DisplayName(NameAddress address)
    {
        Span<byte> buffer = stackalloc byte[256];
        return address.DisplayName.Length <= buffer.Length ? HeaderText.Readable(address.UnquoteDisplayName(buffer)) : "";
    }
}
