using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Gateway.Tests.Cluster;

/// <summary>Keys of a cluster that is the same in every test.</summary>
internal sealed class FixedClusterKeys(string cluster = "cluster") : IClusterKeys
{
    public byte[] Derive(string purpose) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(cluster), Encoding.UTF8.GetBytes(purpose));
}
