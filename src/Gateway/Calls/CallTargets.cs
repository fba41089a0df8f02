using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Trunks;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Turns bindings and routes into places to send an INVITE to.</summary>
internal static class CallTargets
{
    private const int UriOnStack = 512;

    /// <summary>One target a device: the flows of one instance are tried one after the other, the latest first (RFC 5626 §7).</summary>
    public static IReadOnlyList<CallTarget> Of(Call call, ExtensionReachability reach) =>
        Of(call, reach.Extension, call.IsSips ? [.. reach.Bindings.Where(IsSecure)] : reach.Bindings);

    /// <summary>
    /// Whether what is for a SIPS URI may go there: by TLS to the device itself, or to the first proxy on the way to a SIPS URI (RFC 3261 §26.2.2, whose
    /// exception for the last hop RFC 5630 §3.1 has taken away).
    /// </summary>
    public static bool IsSecure(Binding binding) =>
        binding.Flow.Transport is Transport.Tls or Transport.Wss
        && (binding.Path.IsEmpty || binding.Contact.StartsWith("sips:", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the bindings of one device have in common, which has one for each of its flows (RFC 5626 §7).</summary>
    public static string? DeviceOf(Binding binding) => binding.RegId is null ? $"{binding.Identity} {binding.InstanceId}" : binding.InstanceId;

    private static IReadOnlyList<CallTarget> Of(Call call, Extension extension, ImmutableArray<Binding> bindings) => bindings is [var only]
        ? [Of(call, extension, only, otherFlow: null)]
        : [.. bindings
            .GroupBy(DeviceOf)
            .Select(flows => flows
                .OrderBy(flow => flow.Expires)
                .Aggregate((CallTarget?)null, (other, flow) => Of(call, extension, flow, other))!)];

    private static CallTarget Of(Call call, Extension extension, Binding binding, CallTarget? otherFlow) => new()
    {
        OtherFlow = otherFlow,
        Party = new CallParty(
            extension.Username,
            extension.DisplayName,
            CallPartyKind.Extension,
            $"{binding.Flow.RemoteAddress}:{binding.Flow.RemotePort}",
            binding.UserAgent),
        RequestUri = Encoding.UTF8.GetBytes(WithoutHeaders(binding.Contact)),
        FromUri = From(call),
        ToUri = Uri(extension.Username, call.Domain),
        Routes = binding.Path,
        Instance = binding.InstanceId,
        Q = binding.Q,
        MediaEncryption = extension.MediaEncryption,
        SrtpSuites = extension.SrtpSuites,
        IsRecorded = extension.RecordCalls,
        Path = new BindingPath(call.Gateway.Context.Flows, binding),
    };

    /// <summary>The line of a call's decision log that says how many devices an extension has.</summary>
    public static string Describe(Extension extension, int devices) => $"{extension.Username} has {devices} device(s) registered.";

    /// <summary>The caller as an extension of its domain, unless it is hidden.</summary>
    public static byte[] From(Call call) => From(call, call.Identity.Number, call.Domain);

    /// <summary>A destination, called with its account's identity where it has one (the manual, Routing).</summary>
    public static CallTarget Of(Call call, RouteCandidate route, bool isLast)
    {
        var destination = route.Target.Destination;
        var host = destination.Domain.Length > 0 ? destination.Domain : destination.Gateway;
        var caller = destination is { Type: DestinationType.Ua, Username.Length: > 0 } ? destination.Username : call.Identity.Number;
        return new CallTarget
        {
            Party = new CallParty(
                call.Number, destination.Name, CallPartyKind.Destination, AddressOf(destination), ""),
            RequestUri = call.MadeFor?.ReturnedTo(destination) ?? Uri(route.Number, destination.Domain.Length > 0 ? destination.Domain : destination.Gateway, PortOf(destination)),
            FromUri = From(call, caller, host),
            ToUri = Uri(route.Number, host),
            Path = new DestinationPath(call.Gateway.Context, destination, call.Log),
            Destination = route.Target,
            MediaEncryption = destination.MediaEncryption,
            SrtpSuites = destination.SrtpSuites,
            IsLast = isLast,
        };
    }

    private static byte[] From(Call call, string user, string host) =>
        call.Identity.IsHidden ? CallerIdentity.AnonymousUri.ToArray() : Uri(user, host);

    /// <summary>RFC 3261 §19.1.1: a Contact may have headers, a Request-URI may not.</summary>
    public static string WithoutHeaders(string contact)
    {
        var host = contact.IndexOf('@', StringComparison.Ordinal) + 1;
        return contact.IndexOf('?', host) is >= 0 and var headers ? contact[..headers] : contact;
    }

    private static string AddressOf(Destination destination) =>
        destination.Port > 0 ? $"{destination.Gateway}:{destination.Port}" : destination.Gateway;

    /// <summary>The port that the Request-URI must name; none for a domain, which is found by other means, and for the usual one.</summary>
    private static int PortOf(Destination destination) =>
        destination.Domain.Length > 0 || (destination.Port == 5060 && destination.Transport != Transport.Tls) ? 0 : destination.Port;

    /// <summary>A caller without a number, such as an anonymous one, has a URI without a user part.</summary>
    public static byte[] Uri(string user, string host, int port = 0)
    {
        var literal = Host(host);
        var most = "sip:@:65535"u8.Length + UserPart.MaxEscapedBytes(user) + literal.Length;
        var uri = most <= UriOnStack ? stackalloc byte[UriOnStack] : new byte[most];
        "sip:"u8.CopyTo(uri);
        var length = "sip:"u8.Length;
        if (user.Length > 0)
        {
            length += UserPart.Escape(user, uri[length..]);
            uri[length++] = (byte)'@';
        }

        length += Encoding.ASCII.GetBytes(literal, uri[length..]);
        if (port > 0)
        {
            uri[length++] = (byte)':';
            _ = Utf8Formatter.TryFormat(port, uri[length..], out var digits);
            length += digits;
        }

        return uri[..length].ToArray();
    }

    /// <summary>An IPv6 address stands in brackets within a URI (RFC 3261 §19.1.1).</summary>
    private static string Host(string host) =>
        host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out _) ? $"[{host.Trim('[', ']')}]" : host;
}
