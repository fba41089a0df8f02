using TekSipCloud.Grains.Registrations;

namespace TekSipCloud.Grains.Tests.Registrations;

/// <summary>RFC 3261 §19.1.4, on Contacts in the form that gateways compute.</summary>
public sealed class ContactEqualityTests
{
    [Theory]
    [InlineData("sip:a@h", "sip:a@h")]
    [InlineData("sip:a@h", "sip:a@h;ob=")]
    [InlineData("sip:a@h;newparam=5", "sip:a@h;security=on")]
    [InlineData("sip:a@h;transport=udp;x=1", "sip:a@h;transport=udp")]
    [InlineData("sip:a@h;x=1?subject=s", "sip:a@h?subject=s")]
    [InlineData("sip:;b=1@x?y@h;x=1", "sip:;b=1@x?y@h")]
    public void Are_the_same(string one, string other)
    {
        Assert.True(ContactEquality.AreSame(one, other));
        Assert.True(ContactEquality.AreSame(other, one));
    }

    [Theory]
    [InlineData("sip:a@h", "sip:b@h")]
    [InlineData("sip:a@h", "sips:a@h")]
    [InlineData("sip:a@h", "sip:a@h:5060")]
    [InlineData("sip:a@h", "sip:a@h;transport=udp")]
    [InlineData("sip:a@h", "sip:a@h;user=phone")]
    [InlineData("sip:a@h", "sip:a@h;maddr=x")]
    [InlineData("sip:a@h", "sip:a@h;ttl=1")]
    [InlineData("sip:a@h", "sip:a@h;method=INVITE")]
    [InlineData("sip:a@h;security=off", "sip:a@h;security=on")]
    [InlineData("sip:a@h", "sip:a@h?subject=s")]
    [InlineData("sip:;b=1@h", "sip:;b=2@h")]
    public void Are_different(string one, string other)
    {
        Assert.False(ContactEquality.AreSame(one, other));
        Assert.False(ContactEquality.AreSame(other, one));
    }
}
