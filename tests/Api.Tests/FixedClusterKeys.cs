using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Api.Tests;

/// <summary>Keys of a cluster that is the same in every test, as after a restart.</summary>
internal sealed class FixedClusterKeys : IClusterKeys
{
    public byte[] Derive(string purpose) => HMACSHA256.HashData("cluster"u8, Encoding.UTF8.GetBytes(purpose));
}
