using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// What a browser offers and no phone without WebRTC has a use for: redundancy (RFC 2198), and DTMF by another clock than 8 kHz, which leads
/// phones to take the wrong one of two.
/// </summary>
internal readonly struct BrowserFormats
{
    private const int RtpClockHz = 8000;

    private readonly UInt128 _types;

    private BrowserFormats(UInt128 types) => _types = types;

    /// <summary>Those of an audio line; none where it is no browser's, or would have nothing else.</summary>
    public static BrowserFormats Of(MediaDescription media)
    {
        if (!media.IsDtls)
            return default;

        UInt128 types = 0;
        var others = false;
        foreach (var codec in media.Codecs)
        {
            var isStrange = codec.IsTelephoneEvent ? codec.ClockRateHz != RtpClockHz : Ascii.EqualsIgnoreCase(codec.Name, "red"u8);
            if (isStrange)
                types |= UInt128.One << codec.PayloadType;
            others |= !isStrange;
        }

        return new(others ? types : 0);
    }

    /// <summary>Whether an a=rtpmap or a=fmtp is of one of them.</summary>
    public bool Include(ReadOnlySpan<byte> attribute)
    {
        if (_types == 0 || attribute.IndexOf((byte)':') is not (> 0 and var colon) || !IsOfFormat(attribute[..colon]))
            return false;

        var tokens = new SdpTokens(attribute[(colon + 1)..]);
        return tokens.TryNext(out var format) && Has(format);
    }

    /// <summary>A line's formats without them.</summary>
    public ReadOnlySpan<byte> Without(ReadOnlySpan<byte> formats)
    {
        if (_types == 0)
            return formats;

        var kept = new byte[formats.Length];
        var length = 0;
        var tokens = new SdpTokens(formats);
        while (tokens.TryNext(out var format))
        {
            if (Has(format))
                continue;

            if (length > 0)
                kept[length++] = (byte)' ';
            format.CopyTo(kept.AsSpan(length));
            length += format.Length;
        }

        return kept.AsSpan(0, length);
    }

    private static bool IsOfFormat(ReadOnlySpan<byte> name) => name.SequenceEqual("rtpmap"u8) || name.SequenceEqual("fmtp"u8);

    private bool Has(ReadOnlySpan<byte> format) => SdpNumber.TryParse(format, 127, out var type) && (_types >> type & 1) != 0;
}
