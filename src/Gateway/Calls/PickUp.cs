using System.Text;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The manual's call pick-up: an extension dials a prefix and another extension, and has the call that rings there.</summary>
internal static class PickUp
{
    private const int LongestUser = 256;

    /// <summary>
    /// The extension whose call an INVITE is to take; null for an ordinary call. Only who authenticated as an extension may, and a number that is somebody's, or
    /// a service of ours, as it stands is no pick-up.
    /// </summary>
    public static string? ExtensionOf(GatewayContext context, SipMessage invite, AdmittedRequest admitted)
    {
        var settings = admitted.Tenant.Settings;
        var prefix = settings.PickUpPrefix;
        if (string.IsNullOrEmpty(prefix) || admitted.Requester.Extension is null || admitted.IsOriginationOnly
            || !invite.TryGetRequestUri(out var uri, out _) || uri.User.Length > LongestUser)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[LongestUser];
        var user = uri.UnescapeUser(buffer);
        if (user.Length <= prefix.Length || !Ascii.Equals(user[..prefix.Length], prefix))
            return null;

        var number = Encoding.UTF8.GetString(user);
        var isOthers = number == settings.EchoNumber || number == settings.MusicNumber
            || context.Refreshes.Find(new ExtensionKey(admitted.Tenant.Id, number)) is { IsClosed: false };
        return isOthers ? null : number[prefix.Length..];
    }

    /// <summary>Why a number leads nowhere that was to pick up a call; null for another number, and for one that a route takes which is as precise.</summary>
    public static string? WhyNothing(Call call)
    {
        var (prefix, number) = (call.Tenant.Settings.PickUpPrefix, call.Number);
        var isPickUp = prefix.Length > 0 && number.Length > prefix.Length && number.StartsWith(prefix, StringComparison.Ordinal)
            && !call.Tenant.DialPlan.Routes.Any(route => route.Prefix.StartsWith(prefix, StringComparison.Ordinal) && number.StartsWith(route.Prefix, StringComparison.Ordinal));
        return isPickUp ? $"Nothing rings at {number[prefix.Length..]} that could be picked up." : null;
    }

    /// <summary>Takes the call, or refuses the INVITE as a call of its own, so that the books say why. Where nothing rings it calls the number as it stands.</summary>
    public static void Begin(LoopGateway gateway, InviteServerTransaction invite, AdmittedRequest admitted, string extension)
    {
        var call = gateway.Context.Calls.FindRinging(admitted.Tenant.Id, extension, gateway);
        if (call is null)
        {
            CallSetup.Begin(gateway, invite, admitted);
            return;
        }

        var picker = admitted.Requester.Extension!.Username;
        var line = $"{picker} at {invite.Flow.RemoteText} picked up the call that rang at {extension}.";
        if (RingingTakeOver.Refusal(call, invite, admitted, line) is { } refusal)
            CallSetup.Begin(gateway, invite, admitted, refusal);
    }
}
