using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>User parts written as RFC 3261 §25.1 allows.</summary>
public sealed class UserPartTests
{
    [Theory]
    [InlineData("101", "101")]
    [InlineData("+4930*1", "+4930*1")]
    [InlineData("a b", "a%20b")]
    [InlineData("#21", "%2321")]
    [InlineData("a@b", "a%40b")]
    [InlineData("a:b", "a%3Ab")]
    [InlineData("50%", "50%25")]
    [InlineData("ä", "%C3%A4")]
    [InlineData("a\r\nVia: x", "a%0D%0AVia%3A%20x")]
    public void What_may_not_stand_there_is_escaped(string user, string expected) => Assert.Equal(expected, Escape(user));

    [Fact]
    public void Every_user_comes_back_as_it_was() =>
        Prop.ForAll<string>(text =>
        {
            var user = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes($"u{text}"));
            var bytes = Encoding.ASCII.GetBytes($"sip:{Escape(user)}@example.com");
            return SipUri.TryParse(bytes, out var uri, out _)
                && Encoding.UTF8.GetString(uri.UnescapeUser(new byte[uri.User.Length])) == user;
        }).QuickCheckThrowOnFailure();

    private static string Escape(string user)
    {
        var escaped = new byte[UserPart.MaxEscapedBytes(user)];
        return Encoding.ASCII.GetString(escaped, 0, UserPart.Escape(user, escaped));
    }
}
