using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One place where a callee's 3xx sends the caller (RFC 3261 §8.1.3.4, §21.3).</summary>
/// <param name="Uri">Without headers: what a redirection would have put into a request is nobody's business (RFC 3261 §19.1.5).</param>
/// <param name="Preference">Its q in thousandths.</param>
/// <param name="By">Who redirects.</param>
internal sealed record RedirectContact(string Uri, int Preference, Candidate By)
{
    /// <summary>The most places that are passed on or tried of one answer, whatever it lists: each may ring for the whole ring time-out.</summary>
    public const int Max = 5;

    private const int MaxUriLength = 512;

    /// <summary>The best places that a 3xx names, best first.</summary>
    public static ImmutableArray<RedirectContact> Read(SipMessage response, Candidate by)
    {
        var contacts = ImmutableArray.CreateBuilder<RedirectContact>();
        foreach (var value in response.Values(SipHeaderName.Contact))
        {
            if (ContactHeader.TryParse(value, out var contact, out _) && !contact.IsWildcard && contact.Uri.Length <= MaxUriLength
                && SipUri.TryParse(contact.Uri, out _, out _))
                contacts.Add(new(CallTargets.WithoutHeaders(Encoding.UTF8.GetString(contact.Uri)), contact.QThousandths ?? 1000, by));
        }

        return Join(contacts.ToImmutable(), []);
    }

    /// <summary>The best of two lists (RFC 3261 §16.7 step 6: the contacts of several phones are one answer's), each place once.</summary>
    public static ImmutableArray<RedirectContact> Join(ImmutableArray<RedirectContact> one, ImmutableArray<RedirectContact> other) =>
        [.. one.Concat(other).OrderByDescending(contact => contact.Preference).DistinctBy(contact => contact.Uri, StringComparer.Ordinal).Take(Max)];

    /// <summary>Writes them into a 3xx of ours; their order is said by q.</summary>
    public static void Write(SipWriter writer, ImmutableArray<RedirectContact> contacts)
    {
        foreach (var (uri, preference, _) in contacts)
        {
            var q = (preference / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
            writer.Header(SipHeaderName.Contact, Encoding.UTF8.GetBytes($"<{uri}>;q={q}"));
        }
    }
}
