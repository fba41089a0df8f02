using System.Collections.Immutable;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>When a REGISTER is one of RFC 5626, and when it can't be.</summary>
internal static class OutboundRules
{
    /// <summary>Seconds between a phone's keep-alives at most, told by Flow-Timer; connections are kept for longer than that.</summary>
    public const uint FlowTimer = 120;

    /// <summary>Whether the phone supports outbound (RFC 5626 §4.2.1).</summary>
    public static bool IsOffered(SipMessage request) =>
        OptionTags.Has(request, SipHeaderName.Supported, "outbound"u8) || OptionTags.Has(request, SipHeaderName.Require, "outbound"u8);

    /// <summary>What a REGISTER with a reg-id must be refused with; 200 when it need not be.</summary>
    public static int Refusal(SipMessage request, IReadOnlyCollection<ContactWish> contacts, ImmutableArray<string> path)
    {
        // RFC 5626 §4.2.1: a flow is registered alone.
        if (contacts.Count(contact => contact.Lifetime > TimeSpan.Zero) > 1)
            return 400;

        // RFC 5626 §6: the first hop must keep the flow; without another Via it is this server.
        return IsDirect(request) || PathVector.KeepsFlow(path) ? 200 : 439;
    }

    private static bool IsDirect(SipMessage request)
    {
        var hops = 0;
        foreach (var _ in request.Values(SipHeaderName.Via))
            hops++;

        return hops == 1;
    }
}
