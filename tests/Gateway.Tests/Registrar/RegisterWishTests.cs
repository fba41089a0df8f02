using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Registrar;

/// <summary>What a REGISTER asks for (RFC 3261 §10.2, §10.3).</summary>
public sealed class RegisterWishTests
{
    private static readonly TenantSettings Settings = new()
    {
        MinExpires = TimeSpan.FromSeconds(60),
        MaxExpires = TimeSpan.FromSeconds(3600),
        DefaultExpires = TimeSpan.FromSeconds(1800),
    };

    [Fact]
    public void Without_a_Contact_it_is_a_query() => Assert.True(Read()!.IsQuery);

    [Theory]
    [InlineData("<sip:a@h>;expires=300", "Expires: 900", 300)]
    [InlineData("<sip:a@h>", "Expires: 900", 900)]
    [InlineData("<sip:a@h>", "", 1800)]
    [InlineData("<sip:a@h>;expires=99999", "", 3600)]
    [InlineData("<sip:a@h>;expires=4294967295", "", 3600)]
    [InlineData("<sip:a@h>;expires=60", "", 60)]
    [InlineData("<sip:a@h>;expires=0", "Expires: 900", 0)]
    public void The_lifetime_is_the_Contacts_then_the_requests_then_the_tenants(string contact, string expires, int seconds) =>
        Assert.Equal(seconds, Read($"Contact: {contact}", expires)!.Contacts[0].Lifetime.TotalSeconds);

    [Theory]
    [InlineData("<sip:a@h>;expires=1")]
    [InlineData("<sip:a@h>;expires=59")]
    public void Too_short_a_lifetime_is_423(string contact) => Assert.Equal(423, Refusal($"Contact: {contact}"));

    [Theory]
    [InlineData("<sip:a@h>", 1000)]
    [InlineData("<sip:a@h>;q=0.25", 250)]
    [InlineData("<sip:a@h>;q=0", 0)]
    public void The_q_value_is_read_in_thousandths(string contact, int q) => Assert.Equal(q, Read($"Contact: {contact}")!.Contacts[0].Q);

    [Fact]
    public void A_star_with_Expires_0_removes_all()
    {
        var wish = Read("Contact: *", "Expires: 0")!;

        Assert.Equal((true, false), (wish.RemoveAll, wish.IsQuery));
    }

    [Theory]
    [InlineData("Contact: *", "")]
    [InlineData("Contact: *", "Expires: 60")]
    [InlineData("Contact: *, <sip:a@h>", "Expires: 0")]
    [InlineData("Contact: <sip:a@h>, *", "Expires: 0")]
    public void A_star_that_does_not_stand_alone_with_Expires_0_is_400(string contact, string expires) =>
        // RFC 3261 §10.3 step 6
        Assert.Equal(400, Refusal(contact, expires));

    [Theory]
    [InlineData("tel:+1555")]
    [InlineData("http://example.com")]
    [InlineData("mailto:a@example.com")]
    public void A_Contact_that_is_no_SIP_URI_is_416(string uri) => Assert.Equal(416, Refusal($"Contact: <{uri}>"));

    [Fact]
    public void More_Contacts_than_a_phone_has_are_513()
    {
        var contacts = string.Join(", ", Enumerable.Range(0, RegisterWish.MaxContacts + 1).Select(i => $"<sip:a{i}@h>"));

        Assert.Equal(513, Refusal($"Contact: {contacts}"));
    }

    [Fact]
    public void The_most_Contacts_are_all_taken()
    {
        var contacts = string.Join(", ", Enumerable.Range(0, RegisterWish.MaxContacts).Select(i => $"<sip:a{i}@h>"));

        Assert.Equal(RegisterWish.MaxContacts, Read($"Contact: {contacts}")!.Contacts.Length);
    }

    [Fact]
    public void The_path_keeps_its_order()
    {
        // RFC 3327 §5.3
        var wish = Read("Contact: <sip:a@h>", "Path: <sip:p1;lr>, <sip:p2;lr>", "Path: <sip:p3;lr>")!;

        Assert.Equal(["<sip:p1;lr>", "<sip:p2;lr>", "<sip:p3;lr>"], wish.Path);
    }

    [Fact]
    public void Instance_and_reg_id_are_read()
    {
        // RFC 5626 §4.2
        var wish = Read("""Contact: <sip:a@h>;+sip.instance="<urn:uuid:1>";reg-id=2""", "Supported: outbound")!;
        var contact = wish.Contacts[0];

        Assert.Equal(("<urn:uuid:1>", 2), (contact.InstanceId, contact.RegId));
    }

    private static RegisterWish? Read(params string[] headers) => Read(out _, headers);

    [Fact]
    public void An_instance_with_a_control_character_is_400() =>
        // It is lawful in a quoted pair (RFC 3261 §25.1), but would come again in every answer.
        Assert.Equal(400, Refusal("Contact: <sip:a@h>;+sip.instance=\"<urn:\\\u0001>\""));

    [Theory]
    [InlineData("<sip:p;lr>, nobody")]
    [InlineData("<sip:p\"\\\u0001\">")]
    public void A_Path_that_is_no_address_is_refused(string path) =>
        // RFC 3327 §5.3; it would be a Route of ours.
        Assert.Equal(513, Refusal("Contact: <sip:a@h>", $"Path: {path}"));

    private static int Refusal(params string[] headers)
    {
        Assert.Null(Read(out var status, headers));
        return status;
    }

    private static RegisterWish? Read(out int status, params string[] headers)
    {
        string[] lines =
        [
            "Via: SIP/2.0/UDP h;branch=z9hG4bK1", "From: <sip:a@h>;tag=1", "To: <sip:a@h>", "Call-ID: 1", "CSeq: 1 REGISTER", .. headers,
        ];
        return RegisterWish.Read(SipText.Parse(SipText.Write("REGISTER sip:h SIP/2.0", lines, null)), Settings, out status);
    }
}
