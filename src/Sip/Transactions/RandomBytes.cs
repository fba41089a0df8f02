using System.Security.Cryptography;

namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Bytes of the system's cryptographic generator, drawn in advance: a draw costs about as much for sixteen bytes as for a thousand, and a call needs a
/// dozen identifiers. No byte is given out twice. Thread-safe: each thread has its own stock.
/// </summary>
public static class RandomBytes
{
    private const int StockSize = 1024;

    [ThreadStatic]
    private static byte[]? _stock;

    [ThreadStatic]
    private static int _left;

    /// <summary>Fills a buffer of any length.</summary>
    public static void Fill(Span<byte> buffer)
    {
        if (buffer.Length > StockSize / 4)
        {
            RandomNumberGenerator.Fill(buffer);
            return;
        }

        var stock = _stock ??= new byte[StockSize];
        if (_left < buffer.Length)
        {
            RandomNumberGenerator.Fill(stock);
            _left = StockSize;
        }

        var drawn = stock.AsSpan(_left - buffer.Length, buffer.Length);
        drawn.CopyTo(buffer);
        drawn.Clear();
        _left -= buffer.Length;
    }
}
