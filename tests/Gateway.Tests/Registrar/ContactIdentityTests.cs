using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>Contacts compared as RFC 3261 §19.1.4 says, with its own examples.</summary>
public sealed class ContactIdentityTests
{
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER", "sip:biloxi.com;method=REGISTER;transport=tcp")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    public void What_the_RFC_calls_equal_is_equal(string a, string b) => Assert.Equal(Of(a), Of(b));

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:bob@biloxi.com", "sips:bob@biloxi.com")]
    public void What_the_RFC_calls_different_is_different(string a, string b) => Assert.NotEqual(Of(a), Of(b));

    [Theory]
    [InlineData("sip:a%40b@h", "sip:a@b.h")]
    [InlineData("sip:a%3Bx=1@h", "sip:a@h;x=1")]
    public void An_escape_does_not_make_one_contact_look_like_another(string a, string b) => Assert.NotEqual(Of(a), Of(b));

    [Fact]
    public void The_order_of_parameters_and_the_case_of_names_never_matter() =>
        Prop.ForAll(
            Gen.Elements("transport=tcp", "ob", "x=1", "line=abc", "method=INVITE").ArrayOf().ToArbitrary(),
            parameters =>
            {
                var distinct = parameters.Distinct().ToArray();
                var straight = $"sip:bob@example.com{string.Concat(distinct.Select(p => $";{p}"))}";
                var turned = $"sip:bob@EXAMPLE.com{string.Concat(distinct.Reverse().Select(p => $";{p.ToUpperInvariant()}"))}";
                return Of(straight) == Of(turned);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_users_are_always_different() =>
        Prop.ForAll<string, string>((a, b) =>
        {
            var (first, second) = (Escaped(a), Escaped(b));
            return first == second || Of($"sip:{first}@h") != Of($"sip:{second}@h");
        }).QuickCheckThrowOnFailure();

    private static string Escaped(string? text) =>
        "u" + string.Concat(Encoding.UTF8.GetBytes(text ?? "").Take(60).Select(octet => $"%{octet:X2}"));

    private static string Of(string uri)
    {
        Assert.True(SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var parsed, out var error), $"{uri}: {error}");
        return ContactIdentity.Of(parsed);
    }
}
