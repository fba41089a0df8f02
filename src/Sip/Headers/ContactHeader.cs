using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Sip.Headers;

/// <summary>One contact: where a user agent can be reached, or <c>*</c> for all of them (RFC 3261 §20.10).</summary>
/// <remarks>Borrows the bytes it was parsed from.</remarks>
public readonly ref struct ContactHeader
{
    /// <summary>Seconds that a malformed <c>expires</c> stands for (RFC 3261 §20.10).</summary>
    public const uint DefaultExpires = 3_600;

    private ContactHeader(NameAddress address, bool isWildcard)
    {
        Address = address;
        IsWildcard = isWildcard;
    }

    /// <summary>Address and parameters; empty for <c>*</c>.</summary>
    public NameAddress Address { get; }

    /// <summary>Whether the value is <c>*</c>: valid alone in a REGISTER with Expires 0 (RFC 3261 §10.2.2).</summary>
    public bool IsWildcard { get; }

    /// <summary>The URI without angle brackets; empty for <c>*</c>.</summary>
    public ReadOnlySpan<byte> Uri => Address.Uri;

    /// <summary>The <c>expires</c> parameter in seconds; null when it is absent.</summary>
    public uint? Expires => !Address.Parameters.TryGet("expires"u8, out var value) ? null
        : SipToken.TryParseNumber(value, out var seconds) ? seconds : DefaultExpires;

    /// <summary>The <c>q</c> parameter in thousandths, 0–1000; null when it is absent or malformed.</summary>
    public int? QThousandths => QValue.TryParse(Address.Parameters["q"u8], out var thousandths) ? thousandths : null;

    /// <summary>The <c>+sip.instance</c> parameter without quotes, such as <c>&lt;urn:uuid:…&gt;</c>; empty when it is
    /// absent (RFC 5626 §4.1).</summary>
    public ReadOnlySpan<byte> Instance => Address.Parameters["+sip.instance"u8].Trim((byte)'"');

    /// <summary>The <c>reg-id</c> parameter, 1 or more; 0 when it is absent or malformed (RFC 5626 §4.2).</summary>
    public uint RegId => SipToken.TryParseNumber(Address.Parameters["reg-id"u8], out var id) ? id : 0;

    /// <summary>Reads one value.</summary>
    /// <param name="value">One element of the header, trimmed.</param>
    /// <param name="header">The contact, or empty on failure.</param>
    /// <param name="error">What <see cref="NameAddress.TryParse"/> found; answer 400.</param>
    public static bool TryParse(ReadOnlySpan<byte> value, out ContactHeader header, out SipParseError error)
    {
        error = SipParseError.None;
        if (value.SequenceEqual("*"u8))
        {
            header = new(default, true);
            return true;
        }

        var isContact = NameAddress.TryParse(value, out var address, out error);
        header = new(address, false);
        return isContact;
    }
}
