namespace TekSipCloud.Media.Srtp;

/// <summary>What stands behind a protected packet, taken apart.</summary>
/// <remarks>RFC 3711 §3.1 and §3.4: index, identifier, tag. RFC 7714 §8.2 and §9.2: tag, index, identifier. Only RTCP has an index.</remarks>
internal readonly ref struct SrtpTrailer
{
    /// <summary>Takes it apart; what is neither index nor tag is the identifier.</summary>
    /// <param name="behind">All of it.</param>
    /// <param name="wordBytes">Bytes of the word with RTCP's index; 0 for RTP.</param>
    /// <param name="tagBytes">Bytes of the tag.</param>
    /// <param name="isTagFirst">Whether the tag stands first.</param>
    public SrtpTrailer(ReadOnlySpan<byte> behind, int wordBytes, int tagBytes, bool isTagFirst)
    {
        var tagAt = isTagFirst ? 0 : behind.Length - tagBytes;
        var wordAt = isTagFirst ? tagBytes : 0;
        Tag = behind.Slice(tagAt, tagBytes);
        Word = behind.Slice(wordAt, wordBytes);
        Identifier = behind[(wordAt + wordBytes)..(isTagFirst ? behind.Length : tagAt)];
    }

    /// <summary>The word with RTCP's index.</summary>
    public ReadOnlySpan<byte> Word { get; }

    /// <summary>The master key identifier (MKI).</summary>
    public ReadOnlySpan<byte> Identifier { get; }

    /// <summary>The tag.</summary>
    public ReadOnlySpan<byte> Tag { get; }
}
