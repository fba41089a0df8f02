using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>How many passwords a source may try (threats: digest, brute force).</summary>
public sealed class GuessTests : GatewayTest
{
    private const int Burst = 5;

    private static readonly (string Name, string Value)[] Few = [("Gateway:Sources:GuessRate", "1"), ("Gateway:Sources:GuessBurst", "5")];

    [Fact]
    public async Task After_too_many_wrong_passwords_not_even_the_right_one_is_answered()
    {
        await UseScript(settings: Few);
        Script.AddExtension("101");
        Exhaust("203.0.113.9:5060");
        var lucky = Script.Phone("101", remote: "203.0.113.9:5061").IsChallenged();

        lucky.SendsRegister();

        lucky.GetsNothing();
        Assert.Empty(Script.Grains.Extension(SipScript.Tenant, "101").Bindings);
        Assert.Equal(1, Script.Context.Sources.Unjudged);
        Assert.Single(Script.Events.Messages, text => text.StartsWith("Passwords from 203.0.113.9 are not looked at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Made_up_names_are_guesses_as_well()
    {
        await UseScript(settings: Few);
        for (var i = 0; i < Burst; i++)
            Guess(Script.Stranger($"90{i}", remote: $"203.0.113.9:{5070 + i}"));

        var next = Script.Phone("101", remote: "203.0.113.9:5060").IsChallenged();
        next.SendsRegister();

        next.GetsNothing();
    }

    [Fact]
    public async Task As_time_passes_a_few_more_are_looked_at()
    {
        await UseScript(settings: Few);
        Exhaust("203.0.113.9:5060");
        var phone = Script.Phone("101", remote: "203.0.113.9:5061").IsChallenged();

        Script.Passes(1.1);
        phone.Registers();
    }

    [Fact]
    public async Task A_phone_that_is_registered_is_spared_what_its_neighbour_does()
    {
        await UseScript(settings: Few);
        var good = Script.Phone("101", remote: "203.0.113.9:5062").Registers();
        Exhaust("203.0.113.9:61234");

        good.Registers();
        Script.Phone("102", remote: "203.0.113.10:5060").Registers();
    }

    [Fact]
    public async Task Who_has_registered_and_then_guesses_is_bounded_like_anybody()
    {
        await UseScript(settings: Few);
        var insider = Script.Phone("101", remote: "203.0.113.9:5062").Registers();
        var guesser = new Phone(Script, insider.Flow, "102", "wrong", SipScript.Domain).IsChallenged();
        for (var i = 0; i < Burst; i++)
            Guess(guesser);

        guesser.SendsRegister();
        guesser.GetsNothing();
    }

    [Fact]
    public async Task Its_connection_is_closed()
    {
        await UseScript(settings: Few);
        Exhaust("203.0.113.9:5060");
        var phone = Script.Phone("101", remote: "203.0.113.9:5061", protocol: SipTransportProtocol.Tcp).IsChallenged();

        phone.SendsRegister();

        Assert.False(phone.Flow.IsOpen);
    }

    [Fact]
    public async Task A_rate_of_zero_sets_no_bound()
    {
        await UseScript(settings: ("Gateway:Sources:GuessRate", "0"));
        var mallory = Script.Phone("101", password: "wrong").IsChallenged();

        for (var i = 0; i < 1_000; i++)
            Guess(mallory);
    }

    private void Exhaust(string remote)
    {
        Script.AddExtension("101");
        var mallory = Script.Phone("101", remote: remote, password: "wrong");
        for (var i = 0; i < Burst; i++)
            Guess(mallory);
    }

    private static void Guess(Phone phone)
    {
        if (!phone.Digest.WasChallenged)
            phone.IsChallenged();
        phone.SendsRegister();
        phone.Gets(403);
    }
}
