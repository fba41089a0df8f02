using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;

namespace TekSipCloud.Gateway.Nodes;

/// <summary>
/// Names the node and the start of it that a Via branch or Contact user of ours belongs to, signed: <c>n0.name.incarnation.mac</c>.
/// Whatever node a message comes in at can so tell whose it is, and nobody can make another node's traffic up.
/// </summary>
internal sealed class NodeToken
{
    private const string Mark = "n0";
    private const char Separator = '.';
    private const int MacBytes = 8;
    private readonly byte[] _key;

    public NodeToken(NodeIdentity node, IClusterKeys keys)
    {
        _key = keys.Derive("node-token");
        Own = Sign(node.Name, node.Incarnation);
        OwnBytes = Encoding.ASCII.GetBytes(Own);
        NodeName = node.Name;
    }

    public string NodeName { get; }

    /// <summary>This node's token.</summary>
    public string Own { get; }

    /// <summary>This node's token as bytes.</summary>
    public byte[] OwnBytes { get; }

    /// <summary>Finds a token of another node at the start of a text. False for one of our own, none, or a forged one.</summary>
    public bool TryFindForeign(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? node)
    {
        node = null;
        if (!text.StartsWith("n0."u8) || text.StartsWith(OwnBytes))
            return false;

        var parts = Encoding.ASCII.GetString(text[..Math.Min(text.Length, 128)]).Split(Separator, 5);
        if (parts.Length < 4 || parts[3].Length < MacBytes * 2)
            return false;

        var signed = Sign(parts[1], parts[2]);
        var given = $"{Mark}.{parts[1]}.{parts[2]}.{parts[3][..(MacBytes * 2)]}";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signed), Encoding.ASCII.GetBytes(given)))
            return false;

        node = parts[1];
        return node != NodeName;
    }

    private string Sign(string node, string incarnation)
    {
        var mac = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{node}.{incarnation}"));
        return $"{Mark}.{node}.{incarnation}.{Convert.ToHexStringLower(mac.AsSpan(0, MacBytes))}";
    }
}
