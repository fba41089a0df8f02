using System.Collections.Immutable;
using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>The proxies between a phone and its registrar, by the Path of its REGISTER (RFC 3327). It is stored, so it is bounded.</summary>
internal static class PathVector
{
    /// <summary>The most proxies: more would not be met in a request's Max-Forwards of useful length either.</summary>
    public const int MaxValues = 10;

    /// <summary>The most bytes of all values.</summary>
    public const int MaxBytes = 2_000;

    /// <summary>Reads the values, that nearest to the registrar first; false when there are too many, too long ones or one that is no address.</summary>
    public static bool TryRead(SipMessage request, out ImmutableArray<string> path)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        var bytes = 0;
        path = [];
        foreach (var value in request.Values(SipHeaderName.Path))
        {
            bytes += value.Length;
            if (values.Count == MaxValues || bytes > MaxBytes)
                return false;

            if (!NameAddress.TryParse(value, out var proxy, out _) || !proxy.TryGetUri(out _, out _) || SipToken.HasControl(value))
                return false;

            values.Add(Encoding.UTF8.GetString(value));
        }

        path = values.ToImmutable();
        return true;
    }

    /// <summary>Whether the proxy nearest to the phone keeps its flow (RFC 5626 §5.1: the <c>ob</c> parameter of the last Path value).</summary>
    public static bool KeepsFlow(ImmutableArray<string> path) =>
        path is [.., var first]
        && NameAddress.TryParse(Encoding.UTF8.GetBytes(first), out var address, out _)
        && address.TryGetUri(out var uri, out _)
        && uri.Parameters.TryGet("ob"u8, out _);
}
