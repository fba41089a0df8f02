using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Gateway.Tests.Trunks;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A callee's 3xx is passed to the caller unless the tenant has it processed (RFC 3261 §16.7, §21.3).</summary>
public sealed class PassedRedirectTests : TrunkTest
{
    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(305)]
    [InlineData(380)]
    public async Task The_caller_is_told_where_to_go(int status)
    {
        var (call, bob, carol) = Called();

        bob.Sends(status, headers: "Contact: \"Carol\" <sip:103@example.com?Subject=x>;q=0.5, <tel:+4930123>;expires=60");

        call.GetsRefusal(status);
        Assert.Equal(
            ["Contact: <tel:+4930123>;q=1", "Contact: <sip:103@example.com>;q=0.5"], SipText.Lines(call.Last, "Contact"));
        carol.GetsNothing();
        Assert.Contains($"102 answered {status}.", await Recorded());
    }

    [Fact]
    public void No_more_than_five_places_are_passed_on()
    {
        var (call, bob, _) = Called();

        bob.Sends(302, headers: "Contact: " + string.Join(", ", Enumerable.Range(1, 20).Select(i => $"<sip:{i}@example.com>")));

        call.GetsRefusal(302);
        Assert.Equal(5, SipText.Lines(call.Last, "Contact").Length);
    }

    [Fact]
    public void Each_place_is_passed_on_once_with_its_highest_preference()
    {
        var (call, bob, _) = Called();

        bob.Sends(302, headers: "Contact: <sip:1@example.com>;q=0.2, <sip:2@example.com>;q=0.5, <sip:1@example.com?Subject=x>;q=0.7");

        call.GetsRefusal(302);
        Assert.Equal(["Contact: <sip:1@example.com>;q=0.7", "Contact: <sip:2@example.com>;q=0.5"], SipText.Lines(call.Last, "Contact"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Contact: *")]
    [InlineData("Contact: <>")]
    public void A_redirection_to_nowhere_is_480(string contact)
    {
        var (call, bob, _) = Called();

        bob.Sends(302, headers: contact);

        call.GetsRefusal(480);
    }

    [Fact]
    public void A_destinations_redirection_does_not_try_the_next_route()
    {
        var first = Script.Carrier("first");
        var second = Script.Carrier("second");
        Script.AddRoute("00", "first");
        Script.AddRoute("0", "second");
        var call = Caller().Invites("0049301234");

        first.GetsCall().Sends(302, headers: "Contact: <sip:0049301235@telco.example>");

        call.GetsRefusal(302);
        second.GetsNothing();
    }

    private (PhoneCall Call, PhoneCall Bob, Phone Carol) Called()
    {
        var alice = Script.Registered("101");
        var bob = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        return (call, bob.GetsCall(), carol);
    }
}
