using TekSipCloud.Sip.Headers;
using TekSipCloud.Sip.Messages;
using static TekSipCloud.Sip.Tests.Messages.MessageText;

namespace TekSipCloud.Sip.Tests.Headers;

public sealed class ContactHeaderTests
{
    [Fact]
    public void An_outbound_contact_is_taken_apart_RFC_5626_4_2()
    {
        Assert.True(ContactHeader.TryParse(
            "<sip:line1@192.0.2.2;transport=tcp>;reg-id=1;q=0.7;expires=60;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\""u8,
            out var contact,
            out _));

        Assert.False(contact.IsWildcard);
        Assert.Equal("sip:line1@192.0.2.2;transport=tcp", Text(contact.Uri));
        Assert.Equal(1u, contact.RegId);
        Assert.Equal(700, contact.QThousandths);
        Assert.Equal(60u, contact.Expires);
        Assert.Equal("<urn:uuid:00000000-0000-1000-8000-000A95A0E128>", Text(contact.Instance));
    }

    [Theory]
    [InlineData("<sip:a@b>", null)]
    [InlineData("<sip:a@b>;expires=0", 0u)]
    [InlineData("<sip:a@b>;expires=4294967295", uint.MaxValue)]
    [InlineData("<sip:a@b>;expires=280297596632815", uint.MaxValue)]
    [InlineData("<sip:a@b>;expires=soon", ContactHeader.DefaultExpires)]
    [InlineData("<sip:a@b>;expires", ContactHeader.DefaultExpires)]
    [InlineData("<sip:a@b>;expires=-1", ContactHeader.DefaultExpires)]
    public void A_malformed_lifetime_is_an_hour_RFC_3261_20_10(string text, uint? expected)
    {
        Assert.True(ContactHeader.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var contact, out _));

        Assert.Equal(expected, contact.Expires);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1000)]
    [InlineData("0.5", 500)]
    [InlineData("0.", 0)]
    [InlineData("1.000", 1000)]
    [InlineData("0.123", 123)]
    [InlineData("1.1", null)]
    [InlineData("2", null)]
    [InlineData("0.1234", null)]
    [InlineData("-0.5", null)]
    [InlineData("0,5", null)]
    [InlineData("01", null)]
    public void A_preference_is_between_0_and_1_RFC_3261_25_1(string text, int? expected)
    {
        var isValue = QValue.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var thousandths);

        Assert.Equal(expected, isValue ? thousandths : null);
    }

    [Fact]
    public void A_star_is_all_contacts()
    {
        Assert.True(ContactHeader.TryParse("*"u8, out var contact, out _));

        Assert.True(contact.IsWildcard);
        Assert.True(contact.Uri.IsEmpty);
        Assert.Null(contact.Expires);
    }

    [Fact]
    public void A_star_with_anything_else_is_refused()
    {
        Assert.False(ContactHeader.TryParse("*;expires=0"u8, out _, out var error));
        Assert.Equal(SipParseError.BadAddress, error);
    }
}
