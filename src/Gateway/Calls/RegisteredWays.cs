using System.Collections.Immutable;
using System.Net;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Where the phone at one end of a call is registered by now. A flow that failed is recovered by a REGISTER on another one (RFC 5626 §4.5), and
/// calls in progress go on by that: what matters is not the connection that a dialog began on.
/// </summary>
internal static class RegisteredWays
{
    /// <summary>The way to the leg's phone in place of the one that is gone; null when that is not gone, or there is no other.</summary>
    public static SipFlow? FindInPlace(CallLeg leg)
    {
        // As nearly always: a connection that is open, or a phone that could not be told from another one elsewhere.
        if (leg.Flow.IsReliable ? leg.Flow.IsOpen : leg.Instance is null)
            return null;

        return KeyOf(leg) is { } key ? leg.Flow.IsReliable ? FindRecovered(leg, key) : FindMoved(leg, key) : null;
    }

    /// <summary>Whether the leg's extension registered by this way, so that what comes by it is the phone's, wherever it was before.</summary>
    public static bool Has(CallLeg leg, SipFlow flow) =>
        KeyOf(leg) is { } key && LiveOf(leg.Call.Gateway.Context, key).Any(binding => IsBy(flow, binding));

    /// <summary>Whether somebody registered from there, by whatever transport, and not this extension.</summary>
    public static bool IsAnothers(GatewayContext context, ExtensionKey key, IPEndPoint place) =>
        Enum.GetValues<Transport>().Any(transport => context.Registrations.HasWay(transport, place))
        && !LiveOf(context, key).Any(binding => binding.Flow.RemotePort == place.Port && IsAt(binding, place.Address));

    private static SipFlow? FindRecovered(CallLeg leg, ExtensionKey key)
    {
        var context = leg.Call.Gateway.Context;
        var open = LiveOf(context, key).Where(binding => context.Flows.FindOpen(binding) is { IsOpen: true }).ToArray();
        var chosen = Array.Find(open, binding => IsSameInstance(leg, binding))
            ?? Array.Find(open, binding => IsSameContact(leg, binding))
            ?? (open is [var only] ? only : null);
        return chosen is null ? null : context.Flows.FindOpen(chosen);
    }

    /// <summary>A datagram's way is never seen to fail: it is gone only when the same instance is registered by another one.</summary>
    private static SipFlow? FindMoved(CallLeg leg, ExtensionKey key)
    {
        var context = leg.Call.Gateway.Context;
        var bindings = LiveOf(context, key);
        return bindings.FirstOrDefault(binding => IsSameInstance(leg, binding)) is { } moved && !bindings.Any(binding => IsBy(leg.Flow, binding))
            && context.Flows.FindOpen(moved) is { } flow && !flow.Equals(leg.Flow)
                ? flow
                : null;
    }

    private static ImmutableArray<Binding> LiveOf(GatewayContext context, ExtensionKey key) =>
        context.Refreshes.Find(key) is { IsClosed: false } aor ? aor.ToSet(context.Clock.GetUtcNow()).Bindings : [];

    private static ExtensionKey? KeyOf(CallLeg leg) => leg.Username is { } username ? new ExtensionKey(leg.Call.Tenant.Id, username) : null;

    private static bool IsBy(SipFlow flow, Binding binding) => flow.IsReliable
        ? binding.Flow.Id.Connection == flow.Id
        : binding.Flow.Id.Connection == 0 && binding.Flow.RemotePort == flow.Remote.Port && IsAt(binding, flow.Remote.Address);

    private static bool IsAt(Binding binding, IPAddress address) =>
        IPAddress.TryParse(binding.Flow.RemoteAddress, out var bound) && bound.Equals(address);

    private static bool IsSameInstance(CallLeg leg, Binding binding) => binding.InstanceId is { } instance && instance == leg.Instance;

    /// <summary>RFC 3261 §19.1.4; a browser keeps its Contact from one connection to the next (RFC 7118 §5).</summary>
    private static bool IsSameContact(CallLeg leg, Binding binding) =>
        SipUri.TryParse(leg.Dialog.RemoteTarget, out var target, out _)
        && SipUri.TryParse(Encoding.UTF8.GetBytes(binding.Contact), out var contact, out _)
        && target.IsEquivalentTo(contact);

    /// <summary>The <c>+sip.instance</c> of a request's Contact (RFC 5626 §4.1); null for none.</summary>
    public static string? InstanceOf(SipMessage request)
    {
        foreach (var value in request.Values(SipHeaderName.Contact))
        {
            return ContactHeader.TryParse(value, out var contact, out _) && !contact.Instance.IsEmpty
                ? Encoding.UTF8.GetString(contact.Instance)
                : null;
        }

        return null;
    }
}
