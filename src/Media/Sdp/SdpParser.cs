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
            var rest = body[start..];
            var isClean = TryFindCleanEnd(rest, out var length, out var next);
            if (!isClean)
                length = rest.IndexOf((byte)'\n') is >= 0 and var feed ? feed : rest.Length;

            if (length > 0)
            {
                if (count == SdpLimits.MaxLines)
                    return SdpError.TooManyLines;
                if (length > SdpLimits.MaxLineBytes)
                    return SdpError.LineTooLong;
                if (!isClean || !IsLine(rest[..length]))
                    return SdpError.BadLine;

                lines[count++] = new SdpLine(rest[0], (ushort)(start + 2), (ushort)(length - 2));
            }

            start += next;
        }

        return SdpError.None;
    }

    /// <summary>Finds the end of a line whose first control character is that end, so that no other is in it.</summary>
    /// <param name="rest">What begins with the line.</param>
    /// <param name="length">How long it is without its end.</param>
    /// <param name="next">Where the next one begins.</param>
    private static bool TryFindCleanEnd(ReadOnlySpan<byte> rest, out int length, out int next)
    {
        length = rest.IndexOfAny(Controls);
        if (length < 0)
            length = rest.Length;

        // RFC 8866 §5: CR LF ends a line, and a parser also accepts LF alone.
        var feed = length < rest.Length && rest[length] == (byte)'\r' ? length + 1 : length;
        next = feed + 1;
        return feed >= rest.Length || rest[feed] == (byte)'\n';
    }

    private static bool IsLine(ReadOnlySpan<byte> text) =>
        text.Length >= 2 && char.IsAsciiLetter((char)text[0]) && text[1] == (byte)'=';

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

            media[i] = new MediaDescription(session, line, start, end - start, connection ?? session.Connection);
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
