using System.Collections.Immutable;
using System.Text;

namespace TekSipCloud.Media.Sdp;

/// <summary>Has a party be offered codecs by payload types that are chosen for it, for phones that take no others.</summary>
internal static class OfferedIds
{
    // RFC 3551 §6: those below mean what they always mean.
    private const byte FirstDynamic = 96;

    /// <summary>Renames what has another number; what has a chosen one and is something else gets a free one.</summary>
    public static void Rename(FormatTranslation translation, MediaDescription offer, ImmutableArray<CodecId> ids, ref UInt128 taken)
    {
        var chosen = UInt128.Zero;
        var renamed = UInt128.Zero;
        foreach (var codec in offer.Codecs)
        {
            if (codec.PayloadType < FirstDynamic || Find(ids, codec) is not { } id || (chosen >> id & 1) != 0)
                continue;

            chosen |= UInt128.One << id;
            renamed |= UInt128.One << codec.PayloadType;
            translation.Rename(codec.PayloadType, id);
        }

        taken |= chosen;
        foreach (var codec in offer.Codecs)
        {
            var type = codec.PayloadType;
            if ((chosen >> type & 1) != 0 && (renamed >> type & 1) == 0 && FormatTranslator.TryTake(ref taken, out var free))
                translation.Rename(type, free);
        }
    }

    /// <summary>The number chosen for DTMF at the usual clock; null for none.</summary>
    public static byte? OfEvents(ImmutableArray<CodecId> ids)
    {
        foreach (var id in ids)
        {
            if (Ascii.EqualsIgnoreCase("telephone-event"u8, id.Name))
                return id.PayloadType;
        }

        return null;
    }

    // Of DTMF by two clocks it is the one that every phone has.
    private static byte? Find(ImmutableArray<CodecId> ids, SdpCodec codec)
    {
        if (codec.IsTelephoneEvent && codec.ClockRateHz != FormatTranslator.UsualEventClockHz)
            return null;

        foreach (var id in ids)
        {
            if (Ascii.EqualsIgnoreCase(codec.Name, id.Name))
                return id.PayloadType;
        }

        return null;
    }
}
