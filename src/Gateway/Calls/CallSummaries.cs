using System.Buffers.Binary;
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
            Id = NewId(started),
            Tenant = admitted.Tenant.Id,
            Node = context.Node.Name,
            Incarnation = context.Node.Incarnation,
            Caller = Caller(invite, admitted),
            Callee = new CallParty(DialledNumber(request), "", CallPartyKind.Unknown, "", ""),
            Started = started,
            Destination = admitted.Requester.Destination?.Name,
            SipCallId = Encoding.UTF8.GetString(request.CallId),
        };
    }

    /// <summary>
    /// RFC 9562 §5.7: a UUIDv7 as <see cref="Guid.CreateVersion7(DateTimeOffset)"/> makes it, of random bytes that are in stock: that one asks the
    /// system for them each time.
    /// </summary>
    private static Guid NewId(DateTimeOffset started)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, (ulong)started.ToUnixTimeMilliseconds() << 16);
        RandomBytes.Fill(id[6..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }

    /// <summary>The party that answered: what is known of its binding or destination, and the name it gives itself.</summary>
    public static CallParty Callee(Candidate winner, SipMessage answer)
    {
        var agent = HeaderText.Of(answer, SipHeaderName.UserAgent);
        var known = winner.Target.Known;
        var party = known?.Answerer ?? winner.Target.Party;
        if (agent.Length == 0)
            agent = HeaderText.Of(answer, SipHeaderName.Server);
        if (agent.Length == 0)
            agent = winner.Target.Party.UserAgent;
        if (party.Address == winner.Address && party.UserAgent == agent)
            return party;

        party = winner.Target.Party with { Address = winner.Address, UserAgent = agent };
        known?.Answerer = party;
        return party;
    }

    private static CallParty Caller(InviteServerTransaction invite, AdmittedRequest admitted)
    {
        var requester = admitted.Requester;
        _ = invite.Request.TryGetFrom(out var from);
        var name = DisplayName(from);
        var agent = HeaderText.Of(invite.Request, SipHeaderName.UserAgent);
        var address = invite.Flow.RemoteText;
        if (requester.Extension is not { } extension)
        {
            _ = from.TryGetUri(out var uri, out _);
            return admitted.IsGuest
                ? new CallParty(GuestNumber(uri), name, CallPartyKind.Guest, address, agent)
                : new CallParty(User(uri), name, CallPartyKind.Destination, address, agent);
        }

        if (extension.DisplayName.Length > 0)
            name = extension.DisplayName;
        var known = admitted.Party;
        return known is not null && known.Name == name && known.Address == address && known.UserAgent == agent
            ? known
            : admitted.Party = new CallParty(extension.Username, name, CallPartyKind.Extension, address, agent);
    }

    /// <summary>With the host that it says it is of: its user part alone might be an extension's.</summary>
    private static string GuestNumber(SipUri uri)
    {
        var user = User(uri);
        var host = HeaderText.Readable(uri.Host);
        return user.Length > 0 ? $"{user}@{host}" : host;
    }

    private static string DialledNumber(SipMessage request) => request.TryGetRequestUri(out var uri, out _) ? User(uri) : "";

    /// <summary>A URI's user part, for people.</summary>
    public static string User(SipUri uri)
    {
        Span<byte> buffer = stackalloc byte[256];
        return HeaderText.Readable(uri.User.Length <= buffer.Length ? uri.UnescapeUser(buffer) : uri.User[..buffer.Length]);
    }

    /// <summary>A display name, for people; empty for none.</summary>
    public static string DisplayName(NameAddress address)
    {
        Span<byte> buffer = stackalloc byte[256];
        return address.DisplayName.Length <= buffer.Length ? HeaderText.Readable(address.UnquoteDisplayName(buffer)) : "";
    }
}
