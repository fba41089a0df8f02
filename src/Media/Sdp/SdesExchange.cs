using System.Collections.Immutable;
using TekSipCloud.Media.Srtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>One leg's agreement on keys by offer and answer (RFC 4568 §5.1, §7.1).</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SdesExchange(EncryptionWish wish, ImmutableArray<SrtpProfile> suites)
{
    // What every implementation knows comes first: some take the first line or none.
    private static readonly ImmutableArray<SrtpProfile> UsualOrder =
    [
        SrtpProfile.AesCm128HmacSha1Tag80,
        SrtpProfile.AeadAes256Gcm,
        SrtpProfile.AeadAes128Gcm,
        SrtpProfile.AesCm128HmacSha1Tag32,
    ];

    private readonly ImmutableArray<SrtpProfile> _order = OrderOf(suites);
    private readonly SrtpKey?[] _ours = new SrtpKey?[OrderOf(suites).Length];
    private CryptoAttribute? _answer;

    // Whether the party spoke of SRTP by the transport, and not by keys beside plain RTP.
    private bool _isSavp;

    /// <summary>What both agreed on; null for plain RTP.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>The transport our offers name.</summary>
    public ReadOnlySpan<byte> OfferedProtocol => wish == EncryptionWish.Required || _isSavp ? "RTP/SAVP"u8 : "RTP/AVP"u8;

    /// <summary>Whether a party that has that to be wished of it may offer that audio line.</summary>
    /// <param name="suites">Those that it may encrypt by; none for all.</param>
    public static bool Permits(EncryptionWish wish, ImmutableArray<SrtpProfile> suites, MediaDescription offered) =>
        offered.Port == 0 || (wish != EncryptionWish.Required && !offered.IsSavp) || FindUsable(offered, OrderOf(suites)) is not null;

    /// <summary>Takes over the audio line the party offered; false when it cannot be answered.</summary>
    public bool HearOffer(MediaDescription offered)
    {
        // A line that is switched off says nothing of keys.
        if (offered.Port == 0)
            return true;

        _isSavp = offered.IsSavp;
        _answer = wish == EncryptionWish.Off && !_isSavp ? null : FindUsable(offered, _order);
        if (_answer is null)
            return TurnPlain() && !_isSavp;

        Keys = new(_answer.Key, OurKey(_answer.Key.Profile));
        return true;
    }

    /// <summary>Takes over the audio line the party answered our offer with; false when that is not what was offered.</summary>
    public bool HearAnswer(MediaDescription answered)
    {
        if (answered.Port == 0)
            return true;

        var chosen = FindUsable(answered, UsualOrder);
        // RFC 4568 §5.1.3: the answer names one of the lines, and its suite.
        if (chosen is not null && (chosen.Tag > _order.Length || _order[chosen.Tag - 1] != chosen.Key.Profile || _ours[chosen.Tag - 1] is null))
            return false;

        // RFC 3264 §6: the answer to RTP/SAVP is not RTP/AVP.
        if (chosen is null)
            return !_isSavp && !answered.IsSavp && TurnPlain();

        _isSavp = answered.IsSavp;
        Keys = new(chosen.Key, OurKey(chosen.Key.Profile));
        return true;
    }

    /// <summary>The same agreement, by the same suite, with another key of ours: the next offer tells it.</summary>
    public SdesExchange Renew()
    {
        var renewed = new SdesExchange(wish, suites) { _isSavp = _isSavp };
        if (Keys is { } keys)
            renewed.Keys = new(keys.Theirs, renewed.OurKey(keys.Ours.Profile));
        return renewed;
    }

    /// <summary>Writes what our offer has to say.</summary>
    public void WriteOffer(ref SdpWriter writer)
    {
        if (Keys is null && wish == EncryptionWish.Off)
            return;

        for (var i = 0; i < _order.Length; i++)
        {
            // Once agreed, the same again: a party that is asked to choose anew may choose what it does not do.
            if (Keys is null || Keys.Ours.Profile == _order[i])
                writer.WriteCrypto(new(i + 1, OurKey(_order[i])));
        }
    }

    /// <summary>Writes what our answer has to say.</summary>
    public void WriteAnswer(ref SdpWriter writer)
    {
        if (_answer is not null)
            writer.WriteCrypto(_answer with { Key = OurKey(_answer.Key.Profile) });
    }

    /// <summary>The first line we can do: RFC 4568 §5.1.2, the offer's order is the offerer's preference.</summary>
    public static CryptoAttribute? FindUsable(MediaDescription media) => FindUsable(media, UsualOrder);

    private static CryptoAttribute? FindUsable(MediaDescription media, ImmutableArray<SrtpProfile> suites)
    {
        foreach (var attribute in media.Attributes)
        {
            if (attribute.Name.SequenceEqual("crypto"u8) && CryptoAttribute.TryParse(attribute.Value, out var crypto)
                && suites.Contains(crypto.Key.Profile))
                return crypto;
        }

        return null;
    }

    private static ImmutableArray<SrtpProfile> OrderOf(ImmutableArray<SrtpProfile> suites) => suites.IsDefaultOrEmpty ? UsualOrder : suites;

    private bool TurnPlain()
    {
        Keys = null;
        // RFC 3711 §9.1: a key that was in use must not begin again with another sequence.
        Array.Clear(_ours);
        return wish != EncryptionWish.Required;
    }

    private SrtpKey OurKey(SrtpProfile profile) => _ours[_order.IndexOf(profile)] ??= SrtpKey.Create(profile);
}
