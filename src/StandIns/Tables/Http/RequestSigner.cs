using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>Signs by one key. Thread-safe: each takes a hash that is keyed already, since to find and key one costs more than to use it.</summary>
internal sealed class RequestSigner(byte[] key)
{
    private readonly ConcurrentQueue<HMACSHA256> _idle = new();

    public string Sign(string text)
    {
        if (!_idle.TryDequeue(out var hash))
            hash = new HMACSHA256(key);

        var signature = Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
        _idle.Enqueue(hash);
        return signature;
    }
}
