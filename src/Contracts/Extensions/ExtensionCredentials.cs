using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Extensions;

/// <summary>What a gateway needs to check an extension's requests. Never leaves the cluster, never logged.</summary>
/// <param name="Extension">The settings that decide what it may do.</param>
/// <param name="Ha1Md5">16 bytes: MD5(username:realm:password).</param>
/// <param name="Ha1Sha256">32 bytes: SHA-256 of the same.</param>
[GenerateSerializer, Immutable, Alias("extension-credentials")]
public sealed record ExtensionCredentials(
    [property: Id(0)] Extension Extension,
    [property: Id(1)] ImmutableArray<byte> Ha1Md5,
    [property: Id(2)] ImmutableArray<byte> Ha1Sha256)
{
    /// <summary>Names the extension only, so that no hash reaches a log.</summary>
    public override string ToString() => $"credentials of {Extension.Username}";
}
