using System.Collections.Immutable;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static System.Text.Encoding;

namespace TekSipCloud.Gateway.Registrar;

/// <summary>What a REGISTER asks for, its syntax and lifetimes checked against the tenant's settings (RFC 3261 §10.3).</summary>
/// <param name="Contacts">The contacts in their order.</param>
/// <param name="RemoveAll">Whether it was <c>*</c>.</param>
/// <param name="Path">The Path values (RFC 3327).</param>
/// <param name="IsOutbound">Whether its flow is registered by the rules of RFC 5626.</param>
internal sealed record RegisterWish(ImmutableArray<ContactWish> Contacts, bool RemoveAll, ImmutableArray<string> Path, bool IsOutbound)
{
    /// <summary>Contacts that one REGISTER may have in any case; a tenant that allows more devices allows as many: a phone sends one or two.</summary>
    public const int MaxContacts = 20;

    /// <summary>An interval from here on is never too brief (RFC 3261 §10.3 step 7).</summary>
    private static readonly TimeSpan NeverTooBrief = TimeSpan.FromHours(1);

    /// <summary>Whether it only asks what is registered (§10.2.3).</summary>
    public bool IsQuery => Contacts.IsEmpty && !RemoveAll;

    /// <summary>Reads the request.</summary>
    /// <param name="request">A REGISTER.</param>
    /// <param name="settings">The tenant's limits.</param>
    /// <param name="status">400, 416, 423, 439 or 513 on failure; 200 otherwise.</param>
    /// <returns>Null when the request must be refused with <paramref name="status"/>.</returns>
    public static RegisterWish? Read(SipMessage request, TenantSettings settings, out int status)
    {
        var contacts = ImmutableArray.CreateBuilder<ContactWish>();
        var most = Math.Max(MaxContacts, settings.MaxBindings);
        var isOutbound = OutboundRules.IsOffered(request);
        var removeAll = false;
        status = 200;
        foreach (var value in request.Values(SipHeaderName.Contact))
        {
            if (!ContactHeader.TryParse(value, out var contact, out _))
                status = 400;
            else if (contact.IsWildcard)
                removeAll = true;
            else if (contacts.Count == most)
                status = 513;
            else if (ReadContact(contact, request.Expires, isOutbound, settings, ref status) is { } wish)
                contacts.Add(wish);

            if (status != 200)
                return null;
        }

        // RFC 3261 §10.3 step 6: "*" stands alone and with Expires 0.
        if (removeAll && (contacts.Count > 0 || request.Expires != 0))
        {
            status = 400;
            return null;
        }

        isOutbound = contacts.Any(contact => contact.RegId is not null);
        if (!PathVector.TryRead(request, out var path))
            status = 513;
        else if (isOutbound)
            status = OutboundRules.Refusal(request, contacts, path);

        return status == 200 ? new(contacts.ToImmutable(), removeAll, path, isOutbound) : null;
    }

    private static ContactWish? ReadContact(
        ContactHeader contact, uint? expires, bool isOutbound, TenantSettings settings, ref int status)
    {
        // A quoted pair may hold a control character; in the answer, where the instance comes again, none may stand.
        if (!contact.Address.TryGetUri(out var uri, out _) || SipToken.HasControl(contact.Instance))
        {
            status = 400;
            return null;
        }

        // RFC 3261 §10.2.1: other schemes may be registered, but nobody could be called by them here.
        if (uri.Scheme is not (SipUriScheme.Sip or SipUriScheme.Sips))
        {
            status = 416;
            return null;
        }

        var lifetime = Lifetime(contact.Expires ?? expires, settings);
        // RFC 3261 §10.3 step 7: only what is shorter than an hour may be refused as too brief.
        if (lifetime > TimeSpan.Zero && lifetime < settings.MinExpires && lifetime < NeverTooBrief)
        {
            status = 423;
            return null;
        }

        // RFC 5626 §6: a reg-id counts only with an instance, and only from a phone that supports outbound.
        var isFlow = isOutbound && !contact.Instance.IsEmpty && contact.RegId is > 0 and <= int.MaxValue;
        return new(
            UTF8.GetString(contact.Uri),
            lifetime < settings.MaxExpires ? lifetime : settings.MaxExpires,
            contact.QThousandths ?? 1000,
            contact.Instance.IsEmpty ? null : UTF8.GetString(contact.Instance),
            isFlow ? (int)contact.RegId : null,
            ContactIdentity.Of(uri));
    }

    private static TimeSpan Lifetime(uint? seconds, TenantSettings settings) =>
        seconds is { } wanted ? TimeSpan.FromSeconds(wanted) : settings.DefaultExpires;
}
