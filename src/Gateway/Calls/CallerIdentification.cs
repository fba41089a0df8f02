using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Decides as whom a call is made (RFC 3325 §5): an extension as itself or one of its identities, a destination as whom it says. The caller's
/// other headers about itself count for nothing, unless it is a destination that is trusted.
/// </summary>
internal static class CallerIdentification
{
    private const string Step = "identity";

    /// <summary>Gives the call its caller's identity; false when the call was refused.</summary>
    public static bool TryIdentify(Call call)
    {
        var wish = PrivacyWish.Read(call.Invite.Request);
        if (wish.IsImpossible)
        {
            // RFC 3323 §5
            call.Refuse(500, "The caller demands privacy of a kind that is not known.");
            return false;
        }

        var requester = call.Admitted.Requester;
        if (requester.Extension is { } extension && !TryIdentify(call, extension, wish))
            return false;
        if (requester.Destination is { } destination)
            Identify(call, destination, wish);
        if (call.Admitted.IsGuest)
            call.Identity = FromOf(call, wish);
        if (call.Identity.IsHidden)
            call.Log.Add(Step, "The caller's identity is withheld.");
        return true;
    }

    private static bool TryIdentify(Call call, Extension extension, PrivacyWish wish)
    {
        _ = call.Invite.Request.TryGetFrom(out var from);
        _ = from.TryGetUri(out var uri, out _);
        var own = OwnIdentity.Find(extension, uri);
        var isAnonymous = own is null && OwnIdentity.IsAnonymous(uri);
        if (own is null && !isAnonymous)
        {
            call.Refuse(403, $"{extension.Username} may not call as {CallSummaries.User(uri)}.");
            return false;
        }

        var number = FindPreferred(call, extension) ?? own ?? extension.Username;
        if (number != extension.Username)
            call.Log.Add(Step, $"{extension.Username} calls as {number}.");
        // What stands beside an anonymous URI is no name.
        var name = isAnonymous ? extension.DisplayName : call.Summary.Caller.Name;
        // RFC 3325 §5: who is not authenticated is not vouched for.
        call.Identity = new(number, name, !call.Admitted.IsBelieved, isAnonymous || wish.HidesIdentity, extension.DisplayName);
        return true;
    }

    /// <summary>RFC 3325 §5, §9.2: a hint which of several identities it is; one that is not the caller's counts for nothing.</summary>
    private static string? FindPreferred(Call call, Extension extension)
    {
        if (!call.Invite.Request.Has(SipHeaderName.PPreferredIdentity))
            return null;

        foreach (var value in call.Invite.Request.Values(SipHeaderName.PPreferredIdentity))
        {
            if (NameAddress.TryParse(value, out var address, out _) && address.TryGetUri(out var uri, out _) && OwnIdentity.Find(extension, uri) is { } own)
                return own;
        }

        call.Log.Add(Step, $"The identity that {extension.Username} prefers is none of its own.");
        return null;
    }

    private static void Identify(Call call, Destination destination, PrivacyWish wish)
    {
        call.Identity = FromOf(call, wish);
        if (destination.Trusted && TryFindAsserted(call.Invite.Request, out var asserted, out var isWithheld))
        {
            call.Identity = asserted with { IsHidden = call.Identity.IsHidden || isWithheld };
            call.Log.Add(Step, $"{destination.Name} asserts that {asserted.Number} calls.");
        }
    }

    /// <summary>As whom a caller calls that is no extension: it says so, and nobody vouches for it.</summary>
    private static CallerIdentity FromOf(Call call, PrivacyWish wish)
    {
        _ = call.Invite.Request.TryGetFrom(out var from);
        var isHidden = wish.HidesIdentity || (from.TryGetUri(out var uri, out _) && OwnIdentity.IsAnonymous(uri));
        var caller = call.Summary.Caller;
        return new(caller.Number, caller.Name, IsAsserted: false, isHidden);
    }

    /// <summary>What a trusted peer says: P-Asserted-Identity, or else what was there before it, Remote-Party-ID.</summary>
    private static bool TryFindAsserted(SipMessage request, out CallerIdentity identity, out bool isWithheld)
    {
        identity = default;
        var isToldBefore = request.TryGetAddress(SipHeaderName.RemotePartyId, out var before, out _) && IsCaller(before);
        // Also beside P-Asserted-Identity: who asked for privacy in either has asked for it.
        isWithheld = isToldBefore && IsWithheld(before);
        return (request.TryGetAddress(SipHeaderName.PAssertedIdentity, out var address, out _) && TryRead(address, out identity))
            || (isToldBefore && TryRead(before, out identity));
    }

    private static bool IsWithheld(NameAddress address)
    {
        var privacy = address.Parameters["privacy"u8];
        return !privacy.IsEmpty && !SipToken.EqualsIgnoreCase(privacy, "off"u8);
    }

    private static bool IsCaller(NameAddress address) =>
        !address.Parameters.TryGet("party"u8, out var party) || SipToken.EqualsIgnoreCase(party, "calling"u8);

    private static bool TryRead(NameAddress address, out CallerIdentity identity)
    {
        identity = default;
        if (!address.TryGetUri(out var uri, out _) || uri.User.IsEmpty)
            return false;

        var name = CallSummaries.DisplayName(address);
        identity = new(CallSummaries.User(uri), name, IsAsserted: true, IsHidden: false, name);
        return true;
    }
}
