using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Writes who calls, as far as the called party may know it (RFC 3323, RFC 3325 §5 to §7).</summary>
internal static class IdentityHeaders
{
    /// <summary>From: the target's, without a name for a caller that is hidden.</summary>
    public static void WriteFrom(SipWriter writer, Call call, CallTarget target, ReadOnlySpan<byte> tag) =>
        writer.Address(SipHeaderName.From, call.Identity.IsHidden ? CallerIdentity.AnonymousName : Encoding.UTF8.GetBytes(call.Identity.Name), target.FromUri, tag);

    /// <summary>What only a trusted destination is told: P-Asserted-Identity and Privacy, and the same as Remote-Party-ID for those who read no other.</summary>
    public static void WriteAsserted(SipWriter writer, Call call, CallTarget target)
    {
        if (target.Destination is not { Destination.Trusted: true })
            return;

        var identity = call.Identity;
        if (identity.IsHidden)
            writer.Header(SipHeaderName.Privacy, "id"u8);
        if (!identity.IsAsserted)
            return;

        var name = Encoding.UTF8.GetBytes(identity.AssertedName);
        var uri = CallTargets.Uri(identity.Number, call.Domain);
        writer.Address(SipHeaderName.PAssertedIdentity, name, uri);
        writer.StartHeader(SipHeaderName.RemotePartyId);
        writer.AppendAddress(name, uri);
        writer.Append(";party=calling;screen=yes;privacy="u8);
        writer.Append(identity.IsHidden ? "full"u8 : "off"u8);
        writer.EndHeader();
    }
}
