using System.Runtime.CompilerServices;

namespace TekSipCloud.Sip.Messages;

/// <summary>
/// The answer to requests that nobody has read (RFC 3261 §8.2.6): what is the same for all of them is written once. What it repeats of each goes back
/// byte by byte to where it came from.
/// </summary>
public sealed class UnreadRefusal
{
    /// <summary>Bytes enough for the names of the lines that are repeated.</summary>
    private const int Names = 64;

    private readonly byte[] _beginning;
    private readonly byte[] _end;

    /// <summary>Writes what is the same for all.</summary>
    /// <param name="status">300–699.</param>
    /// <param name="addHeaders">Adds headers.</param>
    public UnreadRefusal(int status, Action<SipWriter> addHeaders)
    {
        var writer = new SipWriter();
        writer.StatusLine(status);
        _beginning = [.. writer.Written, .. "Via: "u8];
        var headers = writer.Written.Length;
        addHeaders(writer);
        writer.End();
        _end = [.. "\r\n"u8, .. writer.Written[headers..]];
    }

    /// <summary>Writes the answer to one.</summary>
    /// <param name="request">It.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="toTag">Added to To.</param>
    /// <param name="buffer">Where to write; a larger one takes its place if need be.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ReadOnlySpan<byte> Write(in UnreadRequest request, ViaSource source, ReadOnlySpan<byte> toTag, ref byte[] buffer)
    {
        var via = request.Via;
        var parameters = source.Parameters(via.Host, via.HasRport);
        var most = _beginning.Length + Names + request.Length + parameters.Length + toTag.Length + _end.Length;
        if (buffer.Length < most)
            buffer = new byte[most * 2];

        var room = buffer.AsSpan();
        Put(ref room, _beginning);
        Put(ref room, via.Before);
        Put(ref room, via.After);
        Put(ref room, parameters);
        Put(ref room, "\r\nFrom: "u8);
        Put(ref room, request.From);
        Put(ref room, "\r\nTo: "u8);
        Put(ref room, request.To);
        Put(ref room, ";tag="u8);
        Put(ref room, toTag);
        Put(ref room, "\r\nCall-ID: "u8);
        Put(ref room, request.CallId);
        Put(ref room, "\r\nCSeq: "u8);
        Put(ref room, request.CSeq);
        Put(ref room, _end);
        return buffer.AsSpan(0, buffer.Length - room.Length);
    }

    private static void Put(ref Span<byte> room, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room);
        room = room[bytes.Length..];
    }
}
