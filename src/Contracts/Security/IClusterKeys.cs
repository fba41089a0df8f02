namespace TekSipCloud.Contracts.Security;

/// <summary>Keys that all nodes of a cluster have in common, derived from the one key source.</summary>
public interface IClusterKeys
{
    /// <summary>32 bytes that belong to this purpose alone (e.g. <c>nonce</c>, <c>flow-token</c>, <c>api-cookie</c>).</summary>
    byte[] Derive(string purpose);
}
