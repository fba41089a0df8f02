using System.Text;
using TekSipCloud.Media.Ice;

namespace TekSipCloud.Media.Tests.Ice;

/// <summary>RFC 8445 §5.3, RFC 8839 §5.4.</summary>
public sealed class IceCredentialsTests
{
    private const string Password = "abcdefghijklmnopqrstuv";

    [Fact]
    public void Ours_are_valid_and_never_the_same()
    {
        var one = IceCredentials.Create();
        var other = IceCredentials.Create();

        Assert.False(one.IsSameAs(other));
        Assert.True(IceCredentials.TryCreate(one.Fragment, one.Password, out var read));
        Assert.True(read.IsSameAs(one));
    }

    [Theory]
    [InlineData("abc", Password)]
    [InlineData("abcd", "abcdefghijklmnopqrstu")]
    [InlineData("ab:d", Password)]
    [InlineData("ab d", Password)]
    [InlineData("abcd", Password + "-")]
    [InlineData("", "")]
    public void What_is_too_short_or_has_other_characters_is_refused(string fragment, string password) =>
        Assert.False(IceCredentials.TryCreate(Encoding.ASCII.GetBytes(fragment), Encoding.ASCII.GetBytes(password), out _));

    [Theory]
    [InlineData(257, 22)]
    [InlineData(4, 257)]
    public void What_is_too_long_is_refused(int fragment, int password) =>
        Assert.False(IceCredentials.TryCreate(Filled(fragment), Filled(password), out _));

    [Fact]
    public void Words_for_a_log_have_no_password()
    {
        var credentials = IceCredentials.Create();

        Assert.DoesNotContain(Encoding.ASCII.GetString(credentials.Password), $"{credentials}", StringComparison.Ordinal);
    }

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'a');
        return bytes;
    }
}
