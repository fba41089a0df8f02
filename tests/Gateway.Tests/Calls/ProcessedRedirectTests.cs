using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Gateway.Tests.Trunks;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>A callee's 3xx is followed (the manual, Settings: Process 3xx Responses Locally; RFC 3261 §8.1.3.4).</summary>
public sealed class ProcessedRedirectTests : TrunkTest
{
    private static string At(string number) => $"Contact: <sip:{number}@{SipScript.Domain}>";

    [Theory]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(302)]
    public async Task Another_extension_rings_instead(int status)
    {
        var (alice, bob) = Phones();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");

        Redirects(bob, At("103"), status);

        Reaches(call, carol.GetsCall());
        Assert.Contains("102 redirects to sip:103@", await Recorded());
    }

    [Fact]
    public void A_tel_URI_is_a_number_of_the_tenant() // RFC 3966
    {
        var (alice, bob) = Phones();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");

        Redirects(bob, "Contact: <tel:103>");

        Reaches(call, carol.GetsCall());
    }

    [Fact]
    public void The_phone_is_called_by_another_transport()
    {
        var (alice, bob) = Phones();
        var remote = $"{bob.Address}:5070";
        var stream = Script.Phone("102", remote: remote, protocol: SipTransportProtocol.Tcp);
        var call = alice.Invites("102");

        Redirects(bob, $"Contact: <sip:bob@{remote};transport=tcp?Replaces=x>");

        var taken = stream.GetsCall();
        Assert.Equal($"INVITE sip:bob@{remote};transport=tcp SIP/2.0", SipText.FirstLine(taken.Last));
        Reaches(call, taken);
    }

    [Fact]
    public async Task An_address_that_is_not_the_phones_own_is_not_called()
    {
        var (alice, bob) = Phones();
        var stranger = Script.Phone("999", remote: "198.51.100.7:5060");
        var call = alice.Invites("102");

        Redirects(bob, "Contact: <sip:103@198.51.100.7>");

        call.GetsRefusal(480);
        stranger.GetsNothing();
        Assert.Contains("is neither a number of the tenant's nor a way to the phone that redirects", await Recorded());
    }

    [Theory]
    [InlineData("")]
    [InlineData(";transport=tcp")]
    public async Task Another_extensions_phone_at_the_same_address_is_not_called(string transport)
    {
        // Behind a NAT an address is many phones'.
        var (alice, bob) = Phones();
        var neighbour = Script.Registered("999", remote: $"{bob.Address}:5071");
        var call = alice.Invites("102");

        Redirects(bob, $"Contact: <sip:999@{bob.Address}:5071{transport}>");

        call.GetsRefusal(480);
        neighbour.GetsNothing();
        Assert.Contains("is neither a number of the tenant's nor a way to the phone that redirects", await Recorded());
    }

    [Fact]
    public async Task A_number_outside_is_called_by_the_rights_and_routes_of_who_redirects()
    {
        var carrier = Script.Carrier("telco");
        var other = Script.Carrier("other");
        Script.AddRoute("00", "telco");
        Script.AddRoute("", "other");
        Script.AddExtension("102", e => e with { AllowExternalCalls = true, ExternalRoute = "other", Prefix = "7" });
        var (alice, bob) = Phones();
        var call = alice.Invites("102");

        Redirects(bob, At("0049301234"));

        var taken = other.GetsCall();
        Assert.StartsWith("INVITE sip:70049301234@", SipText.FirstLine(taken.Last), StringComparison.Ordinal);
        carrier.GetsNothing();
        Reaches(call, taken);
        Assert.Contains("102 redirects to sip:0049301234@", await Recorded());
    }

    [Fact]
    public async Task Who_may_not_call_outside_does_not_by_redirecting_a_caller_who_may()
    {
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        Process();
        var alice = Caller();
        var bob = Script.Registered("102");
        var call = alice.Invites("102");

        Redirects(bob, At("0049301234"));

        call.GetsRefusal(480);
        carrier.GetsNothing();
        Assert.Contains("0049301234 is no extension, and 102 may not call outside.", await Recorded());
    }

    [Fact]
    public void Contacts_are_tried_by_preference_until_one_answers() // RFC 3261 §8.1.3.4
    {
        var (alice, bob) = Phones();
        var third = Script.Registered("103");
        var fourth = Script.Registered("104");
        var call = alice.Invites("102");
        Redirects(bob, $"{At("104")};q=0.2, <sip:103@{SipScript.Domain}>;q=0.7");
        fourth.GetsNothing();

        third.GetsCall().Sends(486);
        call.Gets(181);

        Reaches(call, fourth.GetsCall());
    }

    [Fact]
    public void No_more_than_five_contacts_of_an_answer_are_tried()
    {
        var (alice, bob) = Phones();
        Phone[] others = [.. Enumerable.Range(201, 6).Select(number => Script.Registered($"{number}"))];
        var call = alice.Invites("102");

        Redirects(bob, "Contact: " + string.Join(", ", others.Select(other => $"<sip:{other.User}@{SipScript.Domain}>")));

        foreach (var other in others[..5])
        {
            other.GetsCall().Sends(486);
            call.Gets(181);
        }

        call.GetsRefusal(486);
        others[5].GetsNothing();
    }

    [Fact]
    public async Task A_chain_ends_after_five_redirections()
    {
        var alice = Script.Registered("101");
        Process();
        Phone[] chain = [.. Enumerable.Range(201, 7).Select(number => Script.Registered($"{number}"))];
        var call = alice.Invites("201");

        for (var i = 0; i < 6; i++)
        {
            Redirects(chain[i], At(chain[i + 1].User));
            if (i < 5)
                call.Gets(181);
        }

        call.GetsRefusal(480);
        chain[6].GetsNothing();
        Assert.Contains("More than 5 redirections are not followed.", await Recorded());
    }

    [Fact]
    public async Task Nobody_is_called_twice()
    {
        var (alice, bob) = Phones();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        Redirects(bob, At("103"));

        Redirects(carol, $"{At("102")}, <sip:103@{SipScript.Domain}>, {carol.Contact}");

        call.Gets(181);
        call.GetsRefusal(480);
        bob.GetsNothing();
        carol.GetsNothing();
        Assert.Contains("would go round in circles", await Recorded());
    }

    [Fact]
    public void Two_phones_of_an_extension_ring_on_until_the_last_has_not_answered()
    {
        var (alice, desk) = Phones();
        var mobile = Script.Registered("102");
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        var ringing = mobile.GetsCall();
        Redirects(desk, At("103"));
        carol.GetsNothing();

        ringing.Sends(486);

        Reaches(call, carol.GetsCall());
    }

    [Fact]
    public void Where_nobody_answers_the_extensions_own_redirection_is_next() // the manual, Extensions
    {
        Script.AddExtension("102", e => e with { Redirection = "104" });
        var (alice, bob) = Phones();
        Script.AddExtension("103");
        var dave = Script.Registered("104");
        var call = alice.Invites("102");

        Redirects(bob, At("103"));

        Reaches(call, dave.GetsCall());
    }

    [Fact]
    public void A_destination_redirects_to_extensions_only() // the manual, Routing
    {
        Process();
        var carrier = Script.Carrier("telco");
        Script.AddRoute("", "telco");
        var alice = Caller();
        var carol = Script.Registered("103");
        var call = alice.Invites("5551");

        Redirects(carrier, $"{At("5552")}, <sip:5553@{carrier.Address}>, <sip:103@{SipScript.Domain}>");

        carrier.GetsNothing();
        Reaches(call, carol.GetsCall());
    }

    [Theory]
    [InlineData(305)]
    [InlineData(380)]
    public void A_proxy_and_another_service_are_not_followed(int status) // RFC 3261 §21.3.4, §21.3.5
    {
        var (alice, bob) = Phones();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");

        Redirects(bob, At("103"), status);

        call.GetsRefusal(480);
        carol.GetsNothing();
    }

    [Fact]
    public void A_CANCEL_during_the_second_ringing_ends_the_call()
    {
        var (alice, bob) = Phones();
        var carol = Script.Registered("103");
        var call = alice.Invites("102");
        Redirects(bob, At("103"));
        var ringing = carol.GetsCall();
        ringing.Sends(180);
        call.Gets(181);
        call.Gets(180);

        call.Sends("CANCEL");

        call.Gets(200);
        call.GetsRefusal(487);
        ringing.Gets("CANCEL");
    }

    private (Phone Alice, Phone Bob) Phones()
    {
        Process();
        return (Script.Registered("101"), Script.Registered("102"));
    }

    private void Process() => Script.Configure(s => s with { ProcessRedirects = true });

    private static void Reaches(PhoneCall call, PhoneCall ringing)
    {
        // RFC 3261 §21.1.2
        call.Gets(181);
        Connects(call, ringing);
    }

    private static void Redirects(Phone phone, string contact, int status = 302)
    {
        var call = phone.GetsCall();
        call.Sends(status, headers: contact);
        call.Gets("ACK");
    }
}
