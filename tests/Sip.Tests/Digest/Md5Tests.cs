using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Sip.Digest;

namespace TekSipCloud.Sip.Tests.Digest;

/// <summary>The hash that digest demands, against RFC 1321 and the system's.</summary>
public sealed class Md5Tests
{
    /// <summary>RFC 1321 §A.5</summary>
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("a", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public void It_gives_what_its_RFC_gives(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Every_length_about_the_blocks_gives_what_the_system_gives()
    {
        var bytes = new byte[300];
        new Random(1321).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal(MD5.HashData(bytes.AsSpan(0, length)), Hash(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Any_bytes_give_what_the_system_gives() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes => Hash(bytes).AsSpan().SequenceEqual(MD5.HashData(bytes))));

    private static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new byte[Md5.HashBytes];
        Md5.Hash(bytes, hash);
        return hash;
    }
}
