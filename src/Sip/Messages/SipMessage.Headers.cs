using TekSipCloud.Sip.Headers;

namespace TekSipCloud.Sip.Messages;

/// <content>The headers that nearly every caller needs, parsed when asked.</content>
public sealed partial class SipMessage
{
    /// <summary>The Max-Forwards value, 0–255; null when the header is absent (RFC 3261 §20.22).</summary>
    public int? MaxForwards => Number(SipHeaderName.MaxForwards) is { } hops ? (int)Math.Min(hops, 255) : null;

    /// <summary>The Max-Breadth value: how many branches the request may still have at a time; null when the header is
    /// absent (RFC 5393 §5.3).</summary>
    public uint? MaxBreadth => Number(SipHeaderName.MaxBreadth);

    /// <summary>The Expires value in seconds; null when the header is absent (RFC 3261 §20.19).</summary>
    public uint? Expires => Number(SipHeaderName.Expires);

    /// <summary>The Content-Length in bytes; null when the header is absent (RFC 3261 §20.14).</summary>
    public uint? ContentLength => Number(SipHeaderName.ContentLength);

    /// <summary>From's tag; empty when it has none.</summary>
    public ReadOnlySpan<byte> FromTag => _from.IsRead ? At(_from.Tag) : TryGetFrom(out var from) ? from.Tag : [];

    /// <summary>To's tag; empty when it has none.</summary>
    public ReadOnlySpan<byte> ToTag => _to.IsRead ? At(_to.Tag) : TryGetTo(out var to) ? to.Tag : [];

    /// <summary>The topmost Via's branch; empty when it has none.</summary>
    public ReadOnlySpan<byte> TopBranch => _topVia.IsRead ? At(_topVia.Branch) : TryGetTopVia(out var via) ? via.Branch : [];

    /// <summary>The user part of the Request-URI as it was sent; empty when it has none.</summary>
    public ReadOnlySpan<byte> RequestUser => _readUri.IsRead ? At(_readUri.User) : TryGetRequestUri(out var uri, out _) ? uri.User : [];

    /// <summary>Whether To can be read and has no tag: the message belongs to no dialog yet.</summary>
    internal bool LacksToTag => _to.IsRead ? _to.Tag.Length == 0 : TryGetTo(out var to) && to.Tag.IsEmpty;

    /// <summary>Reads the topmost Via value.</summary>
    /// <returns>False when it is absent or malformed, which cannot be after a successful parse.</returns>
    public bool TryGetTopVia(out ViaHeader via)
    {
        if (TryGetReadTopVia(out via))
            return true;

        foreach (var value in Values(SipHeaderName.Via))
            return ViaHeader.TryParse(value, out via, out _);

        via = default;
        return false;
    }

    /// <summary>The topmost Via as the parser found it; false when it was at fault.</summary>
    internal bool TryGetReadTopVia(out ViaHeader via)
    {
        via = _topVia.IsRead
            ? ViaHeader.Again(At(_topVia.Head), At(_topVia.Transport), At(_topVia.Host), _topVia.Port, At(_topVia.Branch), At(_topVia.Parameters))
            : default;
        return _topVia.IsRead;
    }

    /// <summary>Reads the From header.</summary>
    /// <returns>False when it is absent or malformed, which cannot be after a successful parse.</returns>
    public bool TryGetFrom(out NameAddress from) => TryGetAgain(_from, out from) || TryGetAddress(SipHeaderName.From, out from, out _);

    /// <summary>Reads the To header.</summary>
    /// <returns>False when it is absent or malformed, which cannot be after a successful parse.</returns>
    public bool TryGetTo(out NameAddress to) => TryGetAgain(_to, out to) || TryGetAddress(SipHeaderName.To, out to, out _);

    /// <summary>Reads a header that holds one address, such as Refer-To or Referred-By, or the first of a list of
    /// them.</summary>
    /// <param name="name">The header.</param>
    /// <param name="address">The address, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.MissingHeader"/>, or what <see cref="NameAddress.TryParse"/>
    /// found.</param>
    public bool TryGetAddress(SipHeaderName name, out NameAddress address, out SipParseError error)
    {
        var isFound = TryGet(name, out var value) && !value.IsEmpty;
        if (isFound && !SipHeaderNames.IsList(name))
            return NameAddress.TryParse(value, out address, out error);

        foreach (var element in Values(name))
            return NameAddress.TryParse(element, out address, out error);

        address = default;
        error = SipParseError.MissingHeader;
        return false;
    }

    /// <summary>Reads the CSeq header.</summary>
    /// <param name="cseq">The header, or empty on failure.</param>
    /// <param name="error"><see cref="SipParseError.MissingHeader"/>, or what <see cref="CSeqHeader.TryParse"/>
    /// found.</param>
    /// <returns>False when it is absent or malformed, which cannot be after a successful parse.</returns>
    public bool TryGetCSeq(out CSeqHeader cseq, out SipParseError error)
    {
        error = SipParseError.None;
        cseq = _cseq.IsRead ? CSeqHeader.Again(_cseq.Number, At(_cseq.Method)) : default;
        return _cseq.IsRead || TryReadCSeq(out cseq, out error);
    }

    /// <summary>Reads the Request-URI.</summary>
    /// <param name="uri">The URI; filled in for <see cref="SipParseError.UnknownScheme"/> as well.</param>
    /// <param name="error"><see cref="SipParseError.UnknownScheme"/> (answer 416) when it is neither sip, sips nor tel;
    /// otherwise what <see cref="SipUri.TryParse"/> found.</param>
    public bool TryGetRequestUri(out SipUri uri, out SipParseError error)
    {
        if (_readUri.IsRead)
            uri = SipUri.Again(
                At(_uri), _readUri.Scheme, At(_readUri.User), At(_readUri.Password), At(_readUri.Host), _readUri.Port, At(_readUri.Parameters));
        else if (!SipUri.TryParse(RequestUri, out uri, out error))
            return false;

        // RFC 3261 §8.2.2.1: a scheme the server does not understand is answered 416.
        error = uri.Scheme == SipUriScheme.Other ? SipParseError.UnknownScheme : SipParseError.None;
        return error == SipParseError.None;
    }

    private bool TryGetAgain(in ReadAddress read, out NameAddress address)
    {
        if (!read.IsRead)
        {
            address = default;
            return false;
        }

        address = NameAddress.Again(At(read.DisplayName), At(read.Uri), At(read.Tag), At(read.Parameters));
        return true;
    }

    private bool TryReadCSeq(out CSeqHeader cseq, out SipParseError error)
    {
        if (TryGet(SipHeaderName.CSeq, out var value))
            return CSeqHeader.TryParse(value, out cseq, out error);

        cseq = default;
        error = SipParseError.MissingHeader;
        return false;
    }

    private uint? Number(SipHeaderName name) =>
        TryGet(name, out var value) && SipToken.TryParseNumber(value, out var number) ? number : null;
}
