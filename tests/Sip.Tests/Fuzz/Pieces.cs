using System.Buffers;

namespace TekSipCloud.Sip.Tests.Fuzz;

/// <summary>Bytes as a pipe has them: what was there already, and what came now.</summary>
internal static class Pieces
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int old)
    {
        if (old <= 0 || old >= bytes.Length)
            return new ReadOnlySequence<byte>(bytes);

        var first = new Piece(bytes[..old], null);
        var last = new Piece(bytes[old..], first);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            if (previous is not null)
                previous.Next = this;
        }
    }
}
