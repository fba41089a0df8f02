using System.Text.Json;
using TekSipCloud.Api.TekSip;
using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>Requests are read leniently (manual, HTTP API: the samples mix numbers, names, top level and Data).</summary>
public sealed class TekSipFieldsTests
{
    [Theory]
    [InlineData("""{"Name":"Proxy2"}""")]
    [InlineData("""{"Data":{"Name":"Proxy2"}}""")]
    [InlineData("""{"name":"Proxy2"}""")]
    [InlineData("""{"Name":"outer","Data":{"Name":"Proxy2"}}""")]
    public void A_member_is_found_at_the_top_or_under_data(string json) => Assert.Equal("Proxy2", Read(json).Text("Name"));

    [Theory]
    [InlineData("""{"Port":5070}""")]
    [InlineData("""{"Port":"5070"}""")]
    [InlineData("""{"Port":" 5070 "}""")]
    public void A_number_may_be_a_text(string json) => Assert.Equal(5070, Read(json).Number("Port", 5060));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("false", false)]
    [InlineData("\"FALSE\"", false)]
    [InlineData("0", false)]
    public void A_boolean_may_be_a_text_or_a_number(string value, bool expected) =>
        Assert.Equal(expected, Read($$"""{"Enabled":{{value}}}""").Flag("Enabled", !expected));

    [Theory]
    [InlineData("2")]
    [InlineData("\"2\"")]
    [InlineData("\"tcp\"")]
    [InlineData("\"TCP\"")]
    public void A_choice_goes_by_number_or_name(string value) =>
        Assert.Equal(Transport.Tcp, Read($$"""{"Transport":{{value}}}""").Choice("Transport", Transport.Udp));

    [Theory]
    [InlineData("""{"Port":"many"}""", "Port must be a whole number.")]
    [InlineData("""{"Port":99999999999}""", "Port must be a whole number.")]
    [InlineData("""{"Port":[1]}""", "Port must be a text.")]
    [InlineData("""{"Port":"\ud800"}""", "Port is not Unicode text.")]
    public void What_can_not_be_read_is_named(string json, string fault)
    {
        var fields = Read(json);
        fields.Number("Port", 5060);
        Assert.Equal(fault, fields.Fault);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("\"carrier pigeon\"")]
    [InlineData("\"Udp,Tcp\"")]
    [InlineData("-1")]
    public void A_choice_that_does_not_exist_is_named(string value)
    {
        var fields = Read($$"""{"Transport":{{value}}}""");
        fields.Choice("Transport", Transport.Udp);
        Assert.StartsWith("Transport must be one of", fields.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Name":null}""")]
    [InlineData("""{"Name":""}""")]
    public void A_member_that_can_not_be_left_out_is_named(string json)
    {
        var fields = Read(json);
        fields.Demand("Name");
        Assert.Equal("Cannot apply changes; enter minimum configuration: Name is missing.", fields.Fault);
    }

    private static TekSipFields Read(string json) => new(JsonDocument.Parse(json).RootElement);
}
