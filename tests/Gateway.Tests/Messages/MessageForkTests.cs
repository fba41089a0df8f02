using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Messages;

/// <summary>A message to an extension with several phones, and to a phone with several flows (RFC 3261 §16.7, RFC 5626).</summary>
public sealed class MessageForkTests : StandaloneTest
{
    private const string Instance = "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";

    [Fact]
    public void All_devices_get_it_and_the_first_that_takes_it_answers()
    {
        var (alice, desk, mobile) = Three();

        SendsMessage(alice, "102");
        var (first, second) = (desk.Gets("MESSAGE"), mobile.Gets("MESSAGE"));
        Answers(desk, first, 200);
        alice.Gets(200);
        Answers(mobile, second, 202);

        Assert.NotEqual(SipText.CallId(first), SipText.CallId(second));
        alice.GetsNothing();
    }

    [Theory]
    [InlineData(486)]
    [InlineData(603)]
    public void A_refusal_waits_for_the_other_device(int status)
    {
        var (alice, desk, mobile) = Three();
        SendsMessage(alice, "102");

        Answers(desk, desk.Gets("MESSAGE"), status);
        alice.GetsNothing();
        Answers(mobile, mobile.Gets("MESSAGE"), 200);

        alice.Gets(200);
    }

    [Theory]
    [InlineData(404, 486, 486)]
    [InlineData(486, 603, 603)]
    [InlineData(503, 415, 415)]
    [InlineData(407, 404, 404)]
    public void The_best_refusal_is_passed_on(int first, int second, int passed)
    {
        // RFC 3261 §16.7 step 6
        var (alice, desk, mobile) = Three();
        SendsMessage(alice, "102");

        Answers(desk, desk.Gets("MESSAGE"), first);
        Answers(mobile, mobile.Gets("MESSAGE"), second);

        alice.Gets(passed);
    }

    [Fact]
    public void What_one_device_says_counts_when_the_other_says_nothing()
    {
        var (alice, desk, mobile) = Three();
        mobile.Flow.IsDeaf = true;
        SendsMessage(alice, "102");

        Answers(desk, desk.Gets("MESSAGE"), 486);
        Script.Passes(28);

        alice.Gets(486);
    }

    [Fact]
    public void Devices_share_its_breadth()
    {
        // RFC 5393 §5.3.3.2
        var (alice, desk, mobile) = Three();

        SendsMessage(alice, "102", "Max-Breadth: 5");

        var (first, second) = (desk.Gets("MESSAGE"), mobile.Gets("MESSAGE"));
        Assert.Equal(("2", "2"), (SipText.Header(first, "Max-Breadth"), SipText.Header(second, "Max-Breadth")));
        Answers(desk, first, 200);
        Answers(mobile, second, 200);
        alice.Gets(200);
    }

    [Fact]
    public void Without_breadth_for_all_devices_it_is_440()
    {
        // RFC 5393 §5.3.3.1
        var (alice, desk, mobile) = Three();

        SendsMessage(alice, "102", "Max-Breadth: 1");

        alice.Gets(440);
        desk.GetsNothing();
        mobile.GetsNothing();
    }

    [Fact]
    public void A_phone_with_two_flows_gets_it_by_the_later_one_and_by_the_other_when_that_fails()
    {
        // RFC 5626 §4.2.1, §7
        var alice = Script.Registered("101");
        var earlier = Flow(1);
        Script.Passes(1);
        var later = Flow(2);

        SendsMessage(alice, "102");
        earlier.GetsNothing();
        Answers(later, later.Gets("MESSAGE"), 430);

        Answers(earlier, earlier.Gets("MESSAGE"), 200);
        alice.Gets(200);
    }

    private Phone Flow(int regId)
    {
        var phone = Script.Phone("102", protocol: SipTransportProtocol.Tcp).IsChallenged();
        return phone.Registers($"{phone.Contact};{Instance};reg-id={regId}", headers: "Supported: path, outbound");
    }

    [Fact]
    public void Devices_of_a_lower_q_get_it_when_nobody_before_them_took_it()
    {
        // RFC 3261 §16.6, §20.10
        var (alice, desk, mobile) = (Script.Registered("101"), Device("1"), Device("0.5"));
        SendsMessage(alice, "102");

        var first = desk.Gets("MESSAGE");
        mobile.GetsNothing();
        Answers(desk, first, 486);
        Answers(mobile, mobile.Gets("MESSAGE"), 200);

        alice.Gets(200);
        alice.GetsNothing();
    }

    [Fact]
    public void Devices_of_a_lower_q_are_asked_in_time_when_those_before_them_say_nothing()
    {
        var (alice, desk, mobile) = (Script.Registered("101"), Device("1"), Device("0.5"));
        desk.Flow.IsDeaf = true;
        SendsMessage(alice, "102");

        Script.Passes(13);
        mobile.GetsNothing();
        Script.Passes(1);
        Answers(mobile, mobile.Gets("MESSAGE"), 200);

        alice.Gets(200);
    }

    [Fact]
    public void A_6xx_speaks_for_devices_of_a_lower_q()
    {
        // RFC 3261 §16.7 step 5
        var (alice, desk, mobile) = (Script.Registered("101"), Device("1"), Device("0.5"));
        SendsMessage(alice, "102");

        Answers(desk, desk.Gets("MESSAGE"), 603);

        alice.Gets(603);
        mobile.GetsNothing();
    }

    private Phone Device(string q)
    {
        var phone = Script.Phone("102");
        return phone.Registers($"{phone.Contact};q={q}");
    }

    private (Phone Alice, Phone Desk, Phone Mobile) Three() => (Script.Registered("101"), Script.Registered("102"), Script.Registered("102"));
}
