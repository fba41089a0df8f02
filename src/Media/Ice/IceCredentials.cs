using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TekSipCloud.Media.Ice;

/// <summary>A user name fragment and a password for one ICE session (RFC 8445 §5.3). The password is never logged.</summary>
public sealed class IceCredentials
{
    // RFC 8839 §5.4: at least 24 bits and 128 bits, and no more than 256 characters.
    private const int MinFragment = 4;
    private const int MinPassword = 22;
    private const int Max = 256;

    // 48 and 144 bits.
    private const int OwnFragment = 8;
    private const int OwnPassword = 24;

    private const string IceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<byte> IceCharacterBytes = SearchValues.Create(Encoding.ASCII.GetBytes(IceCharacters));

    private readonly byte[] _fragment;
    private readonly byte[] _password;

    private IceCredentials(byte[] fragment, byte[] password)
    {
        _fragment = fragment;
        _password = password;
    }

    /// <summary>What <c>a=ice-ufrag</c> says.</summary>
    public ReadOnlySpan<byte> Fragment => _fragment;

    /// <summary>What <c>a=ice-pwd</c> says.</summary>
    public ReadOnlySpan<byte> Password => _password;

    /// <summary>New random ones.</summary>
    public static IceCredentials Create() => new(
        Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString(IceCharacters, OwnFragment)),
        Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString(IceCharacters, OwnPassword)));

    /// <summary>Takes over what a description says.</summary>
    /// <returns>False where one is too short, too long or has other characters (RFC 8839 §5.4).</returns>
    public static bool TryCreate(ReadOnlySpan<byte> fragment, ReadOnlySpan<byte> password, [NotNullWhen(true)] out IceCredentials? credentials)
    {
        var isValid = fragment.Length is >= MinFragment and <= Max && password.Length is >= MinPassword and <= Max
            && !fragment.ContainsAnyExcept(IceCharacterBytes) && !password.ContainsAnyExcept(IceCharacterBytes);
        credentials = isValid ? new(fragment.ToArray(), password.ToArray()) : null;
        return isValid;
    }

    /// <summary>Whether both are the same; other ones mean that ICE begins anew (RFC 8839 §4.4.1.1.1).</summary>
    public bool IsSameAs(IceCredentials other) =>
        _fragment.AsSpan().SequenceEqual(other._fragment) && CryptographicOperations.FixedTimeEquals(_password, other._password);

    /// <inheritdoc/>
    public override string ToString() => $"{Encoding.ASCII.GetString(_fragment)} (password hidden)";
}
