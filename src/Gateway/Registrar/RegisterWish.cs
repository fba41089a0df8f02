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
internal sealed record RegisterWish(ImmutableArray<ContactWish> Contacts, bool RemoveAll, ImmutableArray<string> Path)
{
    /// <summary>The most Contacts in one REGISTER: a phone sends one or two.</summary>
    public const int MaxContacts = 20;

    /// <summary>Whether it only asks what is registered (§10.2.3).</summary>
    public bool IsQuery => Contacts.IsEmpty && !RemoveAll;

    /// <summary>Reads the request.</summary>
    /// <param name="request">A REGISTER.</param>
    /// <param name="settings">The tenant's limits.</param>
    /// <param name="status">400, 416, 423 or 513 on failure; 200 otherwise.</param>
    /// <returns>Null when the request must be refused with <paramref name="status"/>.</returns>
    public static RegisterWish? Read(SipMessage request, TenantSettings settings, out int status)
    {
        var contacts = ImmutableArray.CreateBuilder<ContactWish>();
        var removeAll = false;
        status = 200;
        foreach (var value in request.Values(SipHeaderName.Contact))
        {
            if (!ContactHeader.TryParse(value, out var contact, out _))
                status = 400;
            else if (contact.IsWildcard)
                removeAll = true;
            else if (contacts.Count == MaxContacts)
                status = 513;
            else if (ReadContact(contact, request.Expires, settings, ref status) is { } wish)
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

        return new(contacts.ToImmutable(), removeAll, ReadPath(request));
    }

    private static ContactWish? ReadContact(ContactHeader contact, uint? expires, TenantSettings settings, ref int status)
    {
        if (!contact.Address.TryGetUri(out var uri, out _) || uri.Host.IsEmpty)
        {
            status = 400;
            return null;
        }

        if (uri.Scheme is not (SipUriScheme.Sip or SipUriScheme.Sips))
        {
            status = 416;
            return null;
        }

        var lifetime = Lifetime(contact.Expires ?? expires, settings);
        if (lifetime > TimeSpan.Zero && lifetime < settings.MinExpires)
        {
            status = 423;
            return null;
        }

        return new(
            UTF8.GetString(contact.Uri),
            lifetime < settings.MaxExpires ? lifetime : settings.MaxExpires,
            contact.QThousandths ?? 1000,
            contact.Instance.IsEmpty ? null : UTF8.GetString(contact.Instance),
            contact.RegId is > 0 and <= int.MaxValue ? (int)contact.RegId : null,
            ContactIdentity.Of(uri));
    }

    private static TimeSpan Lifetime(uint? seconds, TenantSettings settings) =>
        seconds is { } wanted ? TimeSpan.FromSeconds(wanted) : settings.DefaultExpires;

    private static ImmutableArray<string> ReadPath(SipMessage request)
    {
        var path = ImmutableArray.CreateBuilder<string>();
        foreach (var value in request.Values(SipHeaderName.Path))
            path.Add(UTF8.GetString(value));

        return path.ToImmutable();
    }
}
