using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Tls;

/// <summary>Whom a certificate names, as SIP reads it (RFC 5922 §7.1).</summary>
/// <param name="SipDomains">Hosts of SIP URIs without a user part in the subject's alternative names.</param>
/// <param name="DnsNames">DNS names there, wildcards among them.</param>
/// <param name="Addresses">IP addresses there.</param>
/// <param name="CommonName">The subject's common name, when the certificate has no alternative names at all; else null.</param>
public sealed record CertificateIdentities(
    ImmutableArray<string> SipDomains, ImmutableArray<string> DnsNames, ImmutableArray<IPAddress> Addresses, string? CommonName)
{
    private const string AlternativeNames = "2.5.29.17";
    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>
    /// The names that a peer with this certificate may claim: SIP URIs' domains, DNS names only where there are none, the common name only where
    /// there are no alternative names (RFC 5922 §7.1).
    /// </summary>
    public ImmutableArray<string> Claims =>
        !SipDomains.IsEmpty ? SipDomains : !DnsNames.IsEmpty ? DnsNames : CommonName is null ? [] : [CommonName];

    /// <summary>Reads a certificate. What its alternative names hold that can't be read names nobody.</summary>
    public static CertificateIdentities Read(X509Certificate2 certificate)
    {
        if (certificate.Extensions[AlternativeNames] is not { } extension)
            return new([], [], [], certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

        var names = new Names([], [], []);
        try
        {
            var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
                Take(sequence, names);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return new([], [], [], CommonName: null);
        }

        return new([.. names.SipDomains], [.. names.Dns], [.. names.Addresses], CommonName: null);
    }

    /// <summary>Whether the certificate was issued to a domain or, for a numeric host, to that address.</summary>
    /// <param name="domain">The host of the URI that was resolved, in brackets or not when it is an IPv6 address.</param>
    /// <param name="allowsWildcards">Whether <c>*.example.com</c> names a host right below; RFC 5922 §7.2 forbids it.</param>
    public bool Name(string domain, bool allowsWildcards) =>
        IPAddress.TryParse(domain.Trim('[', ']'), out var address)
            ? Addresses.Contains(address)
            : Claims.Any(name => IsSame(name, domain) || (allowsWildcards && IsWildcardOf(name, domain)));

    /// <summary>Whether a name is a wildcard for hosts right below a domain, and this host is one of them (RFC 9525 §6.3).</summary>
    public static bool IsWildcardOf(string name, string host) =>
        name.StartsWith("*.", StringComparison.Ordinal)
        && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && IsSame(name[1..], host[dot..]);

    // RFC 5922 §7.2: compared as a whole, without regard to case.
    private static bool IsSame(string name, string domain) => name.Equals(domain, StringComparison.OrdinalIgnoreCase);

    private static void Take(AsnReader sequence, Names names)
    {
        var tag = sequence.PeekTag();
        if (tag.HasSameClassAndValue(Uri))
            TakeUri(sequence.ReadCharacterString(UniversalTagNumber.IA5String, Uri), names.SipDomains);
        else if (tag.HasSameClassAndValue(Dns))
            names.Dns.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, Dns));
        else if (tag.HasSameClassAndValue(Address))
            TakeAddress(sequence.ReadOctetString(Address), names.Addresses);
        else
            sequence.ReadEncodedValue();
    }

    private static void TakeUri(string text, List<string> domains)
    {
        // RFC 5922 §7.1: another scheme than sip names no SIP domain, and a user is not a domain.
        if (SipUri.TryParse(Encoding.ASCII.GetBytes(text), out var uri, out _) && uri.Scheme == SipUriScheme.Sip && uri.User.IsEmpty)
            domains.Add(Encoding.ASCII.GetString(uri.Host));
    }

    private static void TakeAddress(byte[] octets, List<IPAddress> addresses)
    {
        if (octets.Length is 4 or 16)
            addresses.Add(new IPAddress(octets));
    }

    private readonly record struct Names(List<string> SipDomains, List<string> Dns, List<IPAddress> Addresses);
}
