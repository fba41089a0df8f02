using TekSipCloud.Api.Http;

namespace TekSipCloud.Api.Tests.Http;

/// <summary>Problems name fields as the client wrote them.</summary>
public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("Username", "username")]
    [InlineData("Domains[1]", "domains[1]")]
    [InlineData("Settings.MinExpires", "settings.minExpiresSeconds")]
    [InlineData("Timeout", "timeoutSeconds")]
    public void A_member_becomes_the_name_it_has_in_json(string member, string json) =>
        Assert.Equal(json, FieldNames.ToJson(member));
}
