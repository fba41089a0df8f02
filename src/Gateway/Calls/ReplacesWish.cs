using System.Text;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Which dialog an INVITE wants to replace (RFC 3891 §6.1).</summary>
/// <param name="SipCallId">Its Call-ID.</param>
/// <param name="LocalTag">Our tag, which is the value's to-tag.</param>
/// <param name="RemoteTag">The other party's.</param>
/// <param name="IsEarlyOnly">Whether it is to be replaced before its answer only.</param>
internal sealed record ReplacesWish(string SipCallId, string LocalTag, string RemoteTag, bool IsEarlyOnly)
{
    /// <summary>Reads the header; false when the request has to be refused with 400: several of them, Join beside it, or tags that are missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wish">What it wants to replace; null for nothing.</param>
    public static bool TryRead(SipMessage request, out ReplacesWish? wish)
    {
        wish = null;
        if (!request.Has(SipHeaderName.Replaces))
            return true;

        var count = 0;
        foreach (var value in request.Values(SipHeaderName.Replaces))
        {
            count++;
            wish = Of(value);
        }

        return count == 1 && wish is not null && !request.Has(SipHeaderName.Join);
    }

    /// <summary>The call that has the dialog.</summary>
    public SoughtCall In(TenantId tenant) => new(tenant, null, SipCallId, LocalTag, RemoteTag);

    /// <summary>Reads one value; null when a tag is missing.</summary>
    public static ReplacesWish? Of(ReadOnlySpan<byte> value) =>
        ParameterizedValue.TryParse(value, out var replaces, out _)
        && replaces.Parameters.TryGet("to-tag"u8, out var to) && !to.IsEmpty
        && replaces.Parameters.TryGet("from-tag"u8, out var from) && !from.IsEmpty
            ? new(Text(replaces.Value), Text(to), Text(from), replaces.Parameters.Has("early-only"u8))
            : null;

    // As a dialog's id has it: different bytes stay different.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
