namespace TekSipCloud.Media.Sdp;

/// <summary>Where a part of a line lies in a description's bytes.</summary>
internal readonly record struct SdpPart(ushort Start, ushort Length)
{
    /// <summary>The place of a span within the bytes it was cut from.</summary>
    public static SdpPart Of(ReadOnlySpan<byte> part, ReadOnlySpan<byte> whole) =>
        part.Overlaps(whole, out var negative) ? new SdpPart((ushort)-negative, (ushort)part.Length) : default;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> bytes) => bytes.Slice(Start, Length);
}
