using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Messages;

/// <summary>OPTIONS to an extension (RFC 3261 §11): its phone is asked, not the server.</summary>
public sealed class ExtensionOptionsTests : StandaloneTest
{
    [Fact]
    public void The_phone_is_asked_and_what_passes_here_is_told()
    {
        // RFC 3261 §11.1, §11.2
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsOptions(alice, "102");
        var options = bob.Gets("OPTIONS");
        Answers(bob, options, 200, "Allow: INVITE, PUBLISH", "Supported: gruu", "Server: secret-phone/1");

        Assert.Equal("application/sdp", SipText.Header(options, "Accept"));
        var answer = alice.Gets(200);
        Assert.Contains("INVITE", SipText.Header(answer, "Allow"), StringComparison.Ordinal);
        Assert.DoesNotContain("PUBLISH", SipText.Header(answer, "Allow"), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(answer, "Server"));
    }

    [Fact]
    public void That_it_is_busy_is_told()
    {
        // RFC 3261 §11.2
        var (alice, bob) = (Script.Registered("101"), Script.Registered("102"));

        SendsOptions(alice, "102");
        Answers(bob, bob.Gets("OPTIONS"), 486);

        alice.Gets(486);
    }

    [Fact]
    public void Of_an_extension_without_a_phone_it_is_480()
    {
        Script.AddExtension("102");
        var alice = Script.Registered("101");

        SendsOptions(alice, "102");

        alice.Gets(480);
    }

    [Theory]
    [InlineData("102")]
    [InlineData("999")]
    public void Strangers_are_challenged_whether_the_extension_exists_or_not(string number)
    {
        var bob = Script.Registered("102");
        var mallory = Script.Stranger("101");

        mallory.Sends(Text(mallory, "OPTIONS", $"sip:{number}@example.com", null));

        mallory.Gets(407);
        bob.GetsNothing();
    }

    [Theory]
    [InlineData("sip:example.com", "Max-Forwards: 70")]
    [InlineData("sip:102@elsewhere.test", "Max-Forwards: 70")]
    [InlineData("sip:102@example.com", "Max-Forwards: 0")]
    public void Without_an_extension_or_hops_the_server_answers_everybody(string uri, string hops)
    {
        // RFC 3261 §11
        var bob = Script.Registered("102");
        var stranger = Script.Stranger("666");

        stranger.Sends(Text(stranger, "OPTIONS", uri, null, hops));

        stranger.Gets(200);
        bob.GetsNothing();
        Assert.Equal(0, Script.Gateway.Layer.ClientTransactions);
    }

    [Fact]
    public void A_carrier_that_asks_whether_we_are_there_is_answered()
    {
        var carrier = Script.Carrier("carrier");

        carrier.Sends(Text(carrier, "OPTIONS", "sip:ping@example.com", null));

        carrier.Gets(200);
    }
}
