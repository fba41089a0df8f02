using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Grains.Security;

namespace TekSipCloud.Grains.Tenants;

/// <summary>
/// Checks the TekSIP-compatible API's password, which comes with every request: the one that was right last is
/// remembered as a keyed digest, because its slow hash at each request would be most of the work.
/// </summary>
internal sealed class ApiPasswordCheck
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private Remembered? _lastRight;

    public async Task<bool> Verify(string? hash, string password)
    {
        if (password is not { Length: <= 1024 })
            return false;

        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
        if (_lastRight is { } right && right.Hash == hash && CryptographicOperations.FixedTimeEquals(digest, right.Digest))
            return true;

        var isRight = await PasswordHash.Verify(hash, password);
        if (isRight)
            _lastRight = new(hash!, digest);

        return isRight;
    }

    private sealed record Remembered(string Hash, byte[] Digest);
}
