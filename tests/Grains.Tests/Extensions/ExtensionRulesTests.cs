using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Grains.Extensions;

namespace TekSipCloud.Grains.Tests.Extensions;

public sealed class ExtensionRulesTests
{
    [Fact]
    public void The_HA1s_are_those_of_the_RFCs() // RFC 2617 §3.5, RFC 7616 §3.9.1
    {
        Assert.Equal("939e7578ed9e3c518a452acee763bce9", ExtensionRules.ComputeHa1("Mufasa", "testrealm@host.com", "Circle Of Life").Md5);
        Assert.Equal(
            "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232",
            ExtensionRules.ComputeHa1("Mufasa", "http-auth@example.org", "Circle of Life").Sha256);
    }

    [Fact]
    public void An_extension_cannot_be_redirected_to_itself() // the manual's message
    {
        var problem = ExtensionRules.Validate(new Extension { Username = "101", Redirection = "101" }, "pw", "101", false);

        Assert.Equal("You cannot redirect an endpoint to itself.", Assert.Single(problem!.Fields).Detail);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(5, true)]
    [InlineData(600, true)]
    [InlineData(4, false)]
    [InlineData(601, false)]
    public void A_redirection_has_the_ring_times_that_a_tenant_may_have(int? seconds, bool isValid)
    {
        TimeSpan? timeout = seconds is { } given ? TimeSpan.FromSeconds(given) : null;

        var problem = ExtensionRules.Validate(new Extension { Username = "101", Redirection = "102", RedirectionTimeout = timeout }, "pw", "101", false);

        Assert.Equal(isValid ? [] : ["RedirectionTimeout"], problem?.Fields.Select(field => field.Field) ?? []);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("*98#")]
    [InlineData("+4930123")]
    [InlineData("o'brien(1)_~!")]
    public void Usernames_have_what_a_SIP_user_part_has_unescaped(string username) =>
        Assert.Null(ExtensionRules.Validate(new Extension { Username = username }, "pw", username, false));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("ümit")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("voicemail")]
    public void Other_usernames_are_refused(string username) =>
        Assert.NotNull(ExtensionRules.Validate(new Extension { Username = username }, "pw", username, false));

    [Fact]
    public void Every_invalid_field_is_named()
    {
        var extension = new Extension { Username = "102", DisplayName = "a\r\nb", Prefix = "9 ", Redirection = "a b" };

        var fields = ExtensionRules.Validate(extension, "semi;colon", "101", false)!.Fields.Select(field => field.Field);

        Assert.Equal(["Username", "DisplayName", "Prefix", "Redirection", "Password"], fields);
    }

    [Fact]
    public void Only_a_new_extension_needs_a_password()
    {
        Assert.NotNull(ExtensionRules.Validate(new Extension { Username = "1" }, "", "1", hasPassword: false));
        Assert.Null(ExtensionRules.Validate(new Extension { Username = "1" }, null, "1", hasPassword: true));
    }
}
