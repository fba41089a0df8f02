using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TekSipCloud.Media.Sdp;

/// <summary>Cuts a body into lines, then lines into session and media; every step is bounded by <see cref="SdpLimits"/>.</summary>
internal static class SdpParser
{
    // RFC 8866 §9: byte-string excludes NUL, CR and LF; other controls have no business in a line that we may copy.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (byte)c), 127]);

    [SkipLocalsInit]
    public static SdpError Parse(ReadOnlySpan<byte> body, out SessionDescription? description)
    {
        description = null;
        if (body.Length > SdpLimits.MaxBytes)
            return SdpError.TooLong;

        Span<SdpLine> lines = stackalloc SdpLine[SdpLimits.MaxLines];
        var error = ReadLines(body, lines, out var count);
        return error == SdpError.None ? Build(body, lines[..count], out description) : error;
    }

    private static SdpError ReadLines(ReadOnlySpan<byte> body, Span<SdpLine> lines, out int count)
    {
        count = 0;
        for (var start = 0; start < body.Length;)
        {
            var feed = body[start..].IndexOf((byte)'\n');
            var end = feed < 0 ? body.Length : start + feed;
            var text = body[start..end];
            // RFC 8866 §5: CR LF ends a line, and a parser also accepts LF alone.
            if (text.EndsWith("\r"u8))
                text = text[..^1];

            if (!text.IsEmpty)
            {
                if (count == SdpLimits.MaxLines)
                    return SdpError.TooManyLines;
                if (text.Length > SdpLimits.MaxLineBytes)
                    return SdpError.LineTooLong;
                if (!IsLine(text))
                    return SdpError.BadLine;

                lines[count++] = new SdpLine(text[0], (ushort)(start + 2), (ushort)(text.Length - 2));
            }

            start = end + 1;
        }

        return SdpError.None;
    }

    private static bool IsLine(ReadOnlySpan<byte> text) =>
        text.Length >= 2 && char.IsAsciiLetter((char)text[0]) && text[1] == (byte)'=' && !text.ContainsAny(Controls);

    private static SdpError Build(
        ReadOnlySpan<byte> body, ReadOnlySpan<SdpLine> lines, out SessionDescription? description)
    {
        description = null;
        if (lines.IsEmpty)
            return SdpError.Empty;

        // RFC 8866 §5.1: there is only version 0.
        if (lines[0].Type != (byte)'v' || !Value(body, lines[0]).Trim((byte)' ').SequenceEqual("0"u8))
            return SdpError.BadVersion;

        var sessionLines = EndOfSection(lines, 0);
        if (!HasOrigin(body, lines[..sessionLines]))
            return SdpError.BadOrigin;

        if (!TryReadConnection(body, lines[..sessionLines], out var connection))
            return SdpError.BadConnection;

        var built = new SessionDescription(body.ToArray(), lines.ToArray(), sessionLines, connection);
        var error = AddMedia(built, body, lines, sessionLines);
        description = error == SdpError.None ? built : null;
        return error;
    }

    private static SdpError AddMedia(
        SessionDescription session, ReadOnlySpan<byte> body, ReadOnlySpan<SdpLine> lines, int start)
    {
        var media = new MediaDescription[CountMedia(lines[start..])];
        if (media.Length > SdpLimits.MaxMedia)
            return SdpError.TooManyMedia;

        for (var i = 0; i < media.Length; i++)
        {
            var end = EndOfSection(lines, start + 1);
            if (!TryReadConnection(body, lines[start..end], out var connection))
                return SdpError.BadConnection;

            var error = MediaLine.Parse(body, lines[start], out var line);
            if (error != SdpError.None)
                return error;

            media[i] = new MediaDescription(session, line, start..end, connection ?? session.Connection);
            start = end;
        }

        session.Media = ImmutableCollectionsMarshal.AsImmutableArray(media);
        return SdpError.None;
    }

    private static int CountMedia(ReadOnlySpan<SdpLine> lines)
    {
        var count = 0;
        foreach (var line in lines)
            count += line.Type == (byte)'m' ? 1 : 0;

        return count;
    }

    private static int EndOfSection(ReadOnlySpan<SdpLine> lines, int start)
    {
        while (start < lines.Length && lines[start].Type != (byte)'m')
            start++;

        return start;
    }

    private static bool HasOrigin(ReadOnlySpan<byte> body, ReadOnlySpan<SdpLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Type == (byte)'o')
                return CountTokens(Value(body, line)) == 6;
        }

        return false;
    }

    private static int CountTokens(ReadOnlySpan<byte> value)
    {
        var tokens = new SdpTokens(value);
        var count = 0;
        while (tokens.TryNext(out _))
            count++;

        return count;
    }

    // RFC 8866 §5.7: several c= lines in one section are layers of a multicast; the first stands for all.
    private static bool TryReadConnection(
        ReadOnlySpan<byte> body, ReadOnlySpan<SdpLine> lines, out SdpConnection? connection)
    {
        connection = null;
        foreach (var line in lines)
        {
            if (line.Type != (byte)'c')
                continue;

            if (!SdpConnection.TryParse(Value(body, line), out var read))
                return false;

            connection ??= read;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> body, SdpLine line) =>
        body.Slice(line.Start, line.Length);
}
