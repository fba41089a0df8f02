using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Storage.Security;

/// <summary>
/// The cluster's keys, derived by HKDF (RFC 5869) from the key source. A rotation changes what <see
/// cref="Derive(string)"/> gives.
/// </summary>
internal sealed class ClusterKeys : IClusterKeys
{
    private readonly SortedDictionary<int, byte[]> _keys;

    public ClusterKeys(IOptions<StorageOptions> options)
    {
        _keys = ClusterKeyFile.ReadOrCreate(options.Value.DataFolder);
        CurrentVersion = _keys.Keys.Last();
    }

    public int CurrentVersion { get; }

    public byte[] Derive(string purpose) => Derive(_keys[CurrentVersion], purpose);

    /// <summary>The key of a version for this purpose; null for a version that is not known.</summary>
    public byte[]? Find(int version, string purpose) =>
        _keys.TryGetValue(version, out var key) ? Derive(key, purpose) : null;

    private static byte[] Derive(byte[] key, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, key, ClusterKeyFile.KeyBytes, info: Encoding.UTF8.GetBytes($"teksip-cloud {purpose}"));
}
