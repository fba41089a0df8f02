using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Media.Sdp;

/// <summary>A parsed session description (RFC 8866): every line is kept, known or not.</summary>
/// <remarks>Owns a copy of the bytes, so it may outlive the message it came in; immutable, so any thread may read it.</remarks>
public sealed class SessionDescription
{
    private readonly byte[] _bytes;
    private readonly SdpLine[] _lines;
    private readonly int _sessionLines;

    internal SessionDescription(byte[] bytes, SdpLine[] lines, int sessionLines, SdpConnection? connection)
    {
        _bytes = bytes;
        _lines = lines;
        _sessionLines = sessionLines;
        Connection = connection;
    }

    /// <summary>The body as it was received.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    internal ReadOnlySpan<byte> Span => _bytes;

    /// <summary>What it says about its audio, once somebody asked; whoever asks gets the same.</summary>
    internal RemoteAudio? Audio { get; set; }

    /// <summary>The session's c= line; null when only media have one.</summary>
    public SdpConnection? Connection { get; }

    /// <summary>The media descriptions, in order; their index is what offer and answer agree on (RFC 3264 §6).</summary>
    public ImmutableArray<MediaDescription> Media { get; internal set; } = [];

    /// <summary>Attributes of the session level.</summary>
    public SdpAttributes Attributes => new(_bytes, _lines.AsSpan(0, _sessionLines));

    /// <summary>The value of the o= line.</summary>
    public ReadOnlySpan<byte> Origin => FindValue((byte)'o');

    /// <summary>Direction of the session level; null when it says nothing.</summary>
    public MediaDirection? Direction => MediaDirectionExtensions.FindIn(_bytes, _lines.AsSpan(0, _sessionLines));

    /// <summary>Identification tags of the first a=group:BUNDLE line (RFC 9143); empty when there is none.</summary>
    public ReadOnlySpan<byte> BundleGroup
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (attribute.Name.SequenceEqual("group"u8) && attribute.Value.StartsWith("BUNDLE"u8))
                    return attribute.Value["BUNDLE".Length..].Trim((byte)' ');
            }

            return default;
        }
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The bytes; LF alone also ends a line.</param>
    /// <param name="description">The description, or null on failure.</param>
    /// <param name="error">Why it was refused; <see cref="SdpError"/> says what to answer.</param>
    /// <returns>Whether it was understood.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out SessionDescription? description, out SdpError error)
    {
        error = SdpParser.Parse(body, out description);
        return error == SdpError.None;
    }

    /// <summary>Writes every line as it was read, each ended by CR LF.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        // A line ended by LF alone grows by one.
        var writer = new SdpWriter(output.GetSpan(_bytes.Length + 2 * _lines.Length));
        foreach (var line in _lines)
            writer.WriteLine(line.Type, _bytes.AsSpan(line.Start, line.Length));
        output.Advance(writer.Length);
    }

    internal ReadOnlySpan<byte> ValueOf(SdpLine line) => _bytes.AsSpan(line.Start, line.Length);

    internal ReadOnlySpan<SdpLine> LinesOf(int first, int count) => _lines.AsSpan(first, count);

    private ReadOnlySpan<byte> FindValue(byte type)
    {
        foreach (var line in _lines.AsSpan(0, _sessionLines))
        {
            if (line.Type == type)
                return ValueOf(line);
        }

        return default;
    }
}
