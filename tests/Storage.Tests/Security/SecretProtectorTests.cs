using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TekSipCloud.Storage.Security;
using TekSipCloud.Testing;

namespace TekSipCloud.Storage.Tests.Security;

public sealed class SecretProtectorTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), AzuriteFixture.UniqueName("keys"));

    private string KeyFile => Path.Combine(_folder, "keys", "cluster.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("pa55 wörd;")]
    public void A_secret_comes_back_for_its_purpose_only(string secret)
    {
        var protector = CreateProtector();
        var sealedText = protector.Protect(secret, "extension/a/101");

        Assert.Equal(secret, protector.Unprotect(sealedText, "extension/a/101"));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(sealedText, "extension/b/101"));
    }

    [Fact]
    public void The_same_secret_never_looks_the_same()
    {
        var protector = CreateProtector();

        Assert.NotEqual(protector.Protect("secret", "p"), protector.Protect("secret", "p"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.")]
    [InlineData("v1.AAAA")]
    [InlineData("v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("plain text")]
    public void Text_that_is_no_protected_secret_is_refused(string text) =>
        Assert.ThrowsAny<CryptographicException>(() => CreateProtector().Unprotect(text, "p"));

    [Fact]
    public void An_altered_secret_is_refused()
    {
        var protector = CreateProtector();
        var text = protector.Protect("secret", "p").ToCharArray();
        text[^3] = text[^3] == 'A' ? 'B' : 'A';

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(new string(text), "p"));
    }

    [Fact]
    public void Old_secrets_are_read_after_a_rotation_and_new_ones_use_the_new_key()
    {
        var old = CreateProtector().Protect("secret", "p");
        File.AppendAllText(KeyFile, $"2 {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n");
        var rotated = CreateProtector();

        Assert.Equal("secret", rotated.Unprotect(old, "p"));
        Assert.StartsWith("v2.", rotated.Protect("secret", "p"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_file_is_made_once_and_readable_by_its_owner_alone()
    {
        var first = CreateKeys().Derive("nonce");

        Assert.Equal(first, CreateKeys().Derive("nonce"));
        Assert.NotEqual(first, CreateKeys().Derive("flow-token"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task Processes_that_start_together_agree_on_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CreateKeys().Derive("nonce"))));

        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
    }

    [Fact]
    public void A_damaged_key_file_stops_the_start()
    {
        CreateKeys();
        File.WriteAllText(KeyFile, "1 not-a-key\n");

        Assert.Throws<InvalidDataException>(CreateKeys);
    }

    private ClusterKeys CreateKeys() => new(Options.Create(new StorageOptions { DataFolder = _folder }));

    private SecretProtector CreateProtector() => new(CreateKeys());
}
