namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Room for what a loop keeps for a while, such as an answer until it is acknowledged. Used on the loop, so that taking and giving back cost next to
/// nothing.
/// </summary>
internal sealed class LoopBuffers
{
    /// <summary>More than most answers have.</summary>
    private const int Size = 1024;

    /// <summary>4 MB: as many as a burst gives back at once.</summary>
    private const int MostSpares = 4096;

    private readonly Stack<byte[]> _spares = new();

    /// <summary>Room for at least so many bytes, with anything in it.</summary>
    public byte[] Rent(int length) => length <= Size && _spares.TryPop(out var spare) ? spare : new byte[Math.Max(length, Size)];

    /// <summary>Takes room back that nobody uses any more.</summary>
    public void Return(byte[] buffer)
    {
        if (buffer.Length == Size && _spares.Count < MostSpares)
            _spares.Push(buffer);
    }
}
