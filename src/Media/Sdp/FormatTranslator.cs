using System.Collections.Immutable;
using System.Text;
using TekSipCloud.Media.Rtp;

namespace TekSipCloud.Media.Sdp;

/// <summary>
/// Finds how one party's formats are told to the other: each party has its own dynamic payload types (RFC 3264 §5.1), and one that speaks of
/// DTMF by the clock of its codec alone understands a phone that knows no clock but 8 kHz. Null where nothing changes, as almost always.
/// </summary>
internal static class FormatTranslator
{
    /// <summary>The clock that every phone has for DTMF.</summary>
    public const int UsualEventClockHz = 8000;

    // RFC 3551 §6: numbers from here on mean what a description says.
    private const int FirstDynamic = 96;

    /// <summary>An offer, told to a party.</summary>
    /// <param name="offer">The audio line offered.</param>
    /// <param name="known">What the party said last of its own formats; null for the first offer to it.</param>
    /// <param name="isWeb">Whether the party is a browser, which knows all that others offer.</param>
    /// <param name="ids">By which numbers it is told of codecs before it has said its own.</param>
    public static FormatTranslation? OfOffer(MediaDescription offer, MediaDescription? known, bool isWeb, ImmutableArray<CodecId> ids)
    {
        var isStrange = !isWeb && (offer.IsDtls || HasUnusualEventsAlone(offer));
        var isNumbered = known is null && !ids.IsDefaultOrEmpty;
        if (!isStrange && !isNumbered && (known is null || AreSame(offer, known)))
            return null;

        var translation = new FormatTranslation();
        var taken = NumbersOf(offer) | (known is null ? 0 : NumbersOf(known));
        // RFC 2198: redundancy has payload types within its packets, which stay as they are; a phone hears nothing of a browser's.
        if (isNumbered && (isStrange && offer.IsDtls || !HasRedundancy(offer)))
            OfferedIds.Rename(translation, offer, ids, ref taken);
        var pairs = known is null ? null : new FormatPairs(offer, known);
        if (pairs is { HasRedundancy: false })
            RenameOffered(translation, offer, pairs, NumbersOf(known!), ref taken);
        if (isStrange)
            LeaveOutStrange(translation, offer, known, isNumbered ? OfferedIds.OfEvents(ids) : null, taken);
        return translation.IsIdentity ? null : translation;
    }

    /// <summary>An answer, told to who offered.</summary>
    public static FormatTranslation? OfAnswer(MediaDescription answer, MediaDescription offer)
    {
        if (AreSame(answer, offer))
            return null;

        var pairs = new FormatPairs(answer, offer);
        // Redundancy (RFC 2198) has payload types within its packets: those pass as they are, which RFC 3264 §5.1 permits.
        if (pairs.HasRedundancy)
            return null;

        var translation = new FormatTranslation();
        var (from, to) = (new PayloadTypeMap(), new PayloadTypeMap());
        foreach (var codec in answer.Codecs)
        {
            var type = codec.PayloadType;
            if (pairs.Of(type) is not { } known)
                continue;

            if (!pairs.IsFirst(type))
                translation.LeaveOut(type);
            else if (type != known)
                translation.Rename(type, known);
            if (codec.IsTelephoneEvent)
                PairEvents(translation, pairs, (type, codec.ClockRateHz), (known, RateOf(offer, known)), from, to);
            else
                Pair(pairs, type, known, from, to);
        }

        if (from.IsIdentity && to.IsIdentity)
            return translation.IsIdentity ? null : translation;

        // What the offerer sends goes to the answerer.
        translation.Maps = new(to, from);
        return translation;
    }

    private static void Pair(FormatPairs pairs, byte type, byte known, PayloadTypeMap from, PayloadTypeMap to)
    {
        from.Rename(type, known);
        if (pairs.IsFirst(type))
            to.Rename(known, type);
    }

    private static void PairEvents(
        FormatTranslation translation, FormatPairs pairs, (byte Type, int Rate) said, (byte Type, int Rate) known, PayloadTypeMap from, PayloadTypeMap to)
    {
        from.RenameEvents(said, known);
        if (!pairs.IsFirst(said.Type))
            return;

        to.RenameEvents(known, said);
        if (said.Rate != known.Rate)
            translation.Reclock(said.Type, known.Rate);
    }

    private static void RenameOffered(FormatTranslation translation, MediaDescription offer, FormatPairs pairs, UInt128 known, ref UInt128 taken)
    {
        foreach (var codec in offer.Codecs)
        {
            var type = codec.PayloadType;
            if (pairs.OfSame(type) is { } same && pairs.IsFirst(type))
                translation.Rename(type, same);
            // RFC 3264 §8.3.2: a number that means something already never means something else.
            else if (Has(known, type) && type >= FirstDynamic && pairs.OfSame(type) != type && TryTake(ref taken, out var free))
                translation.Rename(type, free);
        }
    }

    private static void LeaveOutStrange(FormatTranslation translation, MediaDescription offer, MediaDescription? known, byte? eventsId, UInt128 taken)
    {
        var (hasUsual, hasEvents, hasSound) = (false, false, false);
        foreach (var codec in offer.Codecs)
        {
            hasEvents |= codec.IsTelephoneEvent;
            hasUsual |= codec.IsTelephoneEvent && codec.ClockRateHz == UsualEventClockHz;
            hasSound |= !codec.IsTelephoneEvent && !IsRedundancy(codec);
        }

        foreach (var codec in offer.Codecs)
        {
            var isUnusualEvent = codec.IsTelephoneEvent && codec.ClockRateHz != UsualEventClockHz;
            // One of two clocks leads phones to take the wrong one, and redundancy is a browser's.
            if (offer.IsDtls && hasSound && (isUnusualEvent || IsRedundancy(codec)))
                translation.LeaveOut(codec.PayloadType);
        }

        if (hasEvents && !hasUsual && (UsualEventsOf(known) ?? eventsId ?? (TryTake(ref taken, out var free) ? free : null)) is { } number)
            translation.AddEvents(number);
    }

    private static byte? UsualEventsOf(MediaDescription? known)
    {
        if (known is null)
            return null;

        foreach (var codec in known.Codecs)
        {
            if (codec.IsTelephoneEvent && codec.ClockRateHz == UsualEventClockHz)
                return codec.PayloadType;
        }

        return null;
    }

    /// <summary>Whether there are DTMF events, and none at the usual clock; quick where there are none or the usual ones.</summary>
    private static bool HasUnusualEventsAlone(MediaDescription media)
    {
        var rest = media.Section;
        var name = "telephone-event/"u8;
        var any = false;
        for (var at = rest.IndexOf(name); at >= 0; at = rest.IndexOf(name))
        {
            rest = rest[(at + name.Length)..];
            if (rest.StartsWith("8000"u8))
                return false;

            any = true;
        }

        return any;
    }

    /// <summary>Whether each dynamic payload type of one description means the same in the other, by the letter.</summary>
    private static bool AreSame(MediaDescription said, MediaDescription known)
    {
        var tokens = new SdpTokens(said.Formats);
        while (tokens.TryNext(out var format))
        {
            if (!SdpNumber.TryParse(format, 127, out var number) || number < FirstDynamic)
                continue;

            if (!said.Attributes.TryFindFormat("rtpmap"u8, (byte)number, out var map)
                || !known.Attributes.TryFindFormat("rtpmap"u8, (byte)number, out var other)
                || !Ascii.EqualsIgnoreCase(map, other))
                return false;
        }

        return true;
    }

    private static bool HasRedundancy(MediaDescription media)
    {
        foreach (var codec in media.Codecs)
        {
            if (IsRedundancy(codec))
                return true;
        }

        return false;
    }

    private static UInt128 NumbersOf(MediaDescription media)
    {
        UInt128 numbers = 0;
        foreach (var codec in media.Codecs)
            numbers |= UInt128.One << codec.PayloadType;

        return numbers;
    }

    /// <summary>Takes a number that means nothing yet.</summary>
    public static bool TryTake(ref UInt128 taken, out byte number)
    {
        // What most phones have for DTMF, then any.
        const byte Usual = 101;
        for (number = Usual; number < 128; number++)
        {
            if (TryTakeThis(ref taken, number))
                return true;
        }

        for (number = FirstDynamic; number < Usual; number++)
        {
            if (TryTakeThis(ref taken, number))
                return true;
        }

        return false;
    }

    private static bool TryTakeThis(ref UInt128 taken, byte number)
    {
        if (Has(taken, number))
            return false;

        taken |= UInt128.One << number;
        return true;
    }

    private static bool Has(UInt128 numbers, byte number) => (numbers >> number & 1) != 0;

    private static int RateOf(MediaDescription media, byte payloadType)
    {
        foreach (var codec in media.Codecs)
        {
            if (codec.PayloadType == payloadType)
                return codec.ClockRateHz;
        }

        return UsualEventClockHz;
    }

    private static bool IsRedundancy(SdpCodec codec) => Ascii.EqualsIgnoreCase(codec.Name, "red"u8);
}
