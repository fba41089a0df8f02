using System.Text;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The manual's call pick-up: an extension dials a prefix and another extension, and has the call that rings there.</summary>
internal static class PickUp
{
    private const int LongestUser = 256;

    /// <summary>The extension whose call an INVITE is to take; null for an ordinary call. Only who authenticated as an extension may.</summary>
    public static string? ExtensionOf(SipMessage invite, AdmittedRequest admitted)
    {
        var prefix = admitted.Tenant.Settings.PickUpPrefix;
        if (string.IsNullOrEmpty(prefix) || admitted.Requester.Extension is null || admitted.IsOriginationOnly
            || !invite.TryGetRequestUri(out var uri, out _) || uri.User.Length > LongestUser)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[LongestUser];
        var user = uri.UnescapeUser(buffer);
        return user.Length > prefix.Length && Ascii.Equals(user[..prefix.Length], prefix) ? Encoding.UTF8.GetString(user[prefix.Length..]) : null;
    }

    /// <summary>Takes the call, or refuses the INVITE as a call of its own, so that the books say why.</summary>
    public static void Begin(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted, string extension)
    {
        var call = gateway.Context.Calls.FindRinging(admitted.Tenant.Id, extension, gateway);
        if (call is null)
        {
            CallSetup.Begin(gateway, invite, admitted, new Refusal(480, $"Nothing rings at {extension} that could be picked up."));
            return;
        }

        var picker = admitted.Requester.Extension!.Username;
        var line = $"{picker} at {invite.Flow.RemoteText} picked up the call that rang at {extension}.";
        if (RingingTakeOver.Refusal(call, invite, admitted, line) is { } refusal)
            CallSetup.Begin(gateway, invite, admitted, refusal);
    }
}
