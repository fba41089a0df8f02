using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.DataProtection;
using TekSipCloud.Api.Security;

namespace TekSipCloud.Api.Tests.Security;

/// <summary>Cookies outlive a restart, can't be altered, and one purpose can't read another's.</summary>
public sealed class ClusterDataProtectionTests
{
    [Fact]
    public void What_was_protected_can_be_read_after_a_restart() => Prop.ForAll<byte[]>(plain =>
    {
        var protectedBytes = Create("cookie").Protect(plain);
        return Create("cookie").Unprotect(protectedBytes).SequenceEqual(plain);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_altered_byte_is_noticed()
    {
        var protectedBytes = Create("cookie").Protect("operator"u8.ToArray());
        for (var i = 0; i < protectedBytes.Length; i++)
        {
            var altered = protectedBytes.ToArray();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => Create("cookie").Unprotect(altered));
        }
    }

    [Fact]
    public void Another_purpose_can_not_read_it()
    {
        var protectedBytes = Create("cookie").Protect([1, 2, 3]);
        Assert.ThrowsAny<CryptographicException>(() => Create("other").Unprotect(protectedBytes));
        Assert.ThrowsAny<CryptographicException>(() => Create("cookie").CreateProtector("more").Unprotect(protectedBytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void Too_few_bytes_are_refused(int length) =>
        Assert.ThrowsAny<CryptographicException>(() => Create("cookie").Unprotect(new byte[length]));

    private static IDataProtector Create(string purpose) =>
        new ClusterDataProtection(new FixedClusterKeys()).CreateProtector(purpose);
}
