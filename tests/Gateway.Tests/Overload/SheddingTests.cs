using System.Text;
using TekSipCloud.Gateway.Overload;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>What a node drops that has spent on refusing what it may.</summary>
public sealed class SheddingTests : GatewayTest
{
    private static readonly LoadSample TooMuch = new(TimeSpan.FromSeconds(1), 1);

    [Fact]
    public async Task A_REGISTER_without_credentials_is_dropped_and_counted_once_so_many_were_refused()
    {
        await UseBoundedRefusals();
        Overload();
        Assert.False(Sheds(Register(), Backlog.Long));
        SpendRefusals();

        Assert.True(Sheds(Register(), Backlog.Long));
        Assert.True(Sheds(Register(), Backlog.NearlyFull));
        Assert.Equal(2, Script.Context.Overload.Shed);
    }

    [Fact]
    public async Task Behind_a_short_queue_it_is_the_limit_that_decides()
    {
        await UseBoundedRefusals();
        Overload();
        SpendRefusals();

        Assert.False(Sheds(Register(), Backlog.Short));
    }

    [Fact]
    public async Task Without_overload_nothing_is_dropped()
    {
        await UseBoundedRefusals();
        Assert.False(Sheds(Register(), Backlog.NearlyFull));
    }

    [Fact]
    public void Nothing_is_dropped_unless_the_settings_say_so()
    {
        Overload();
        SpendRefusals();

        Assert.False(Sheds(Register(), Backlog.NearlyFull));
        Assert.Equal(0, Script.Context.Overload.Shed);
    }

    [Fact]
    public async Task What_answers_a_challenge_begins_a_call_or_belongs_to_one_is_read()
    {
        await UseBoundedRefusals();
        var alice = Script.Registered("101");
        Overload();
        SpendRefusals();

        Assert.False(Sheds(alice.TextOfRegister("z9hG4bK1"), Backlog.NearlyFull));
        foreach (var method in (string[])["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "PRACK", "UPDATE"])
            Assert.False(Sheds(Register().Replace("REGISTER", method, StringComparison.Ordinal), Backlog.NearlyFull));
        Assert.False(Sheds(Register().Replace($"REGISTER sip:{SipScript.Domain} SIP/2.0", "SIP/2.0 200 OK", StringComparison.Ordinal), Backlog.NearlyFull));
    }

    private Task UseBoundedRefusals() => UseScript(settings: ("Gateway:Overload:RefusalShare", "0.05"));

    private string Register()
    {
        var stranger = Script.Phone("102");
        return stranger.TextOfRegister("z9hG4bK2");
    }

    private bool Sheds(string text, Backlog backlog) => Script.Receiver.TryShed(Encoding.UTF8.GetBytes(text), backlog);

    private void Overload()
    {
        for (var i = 0; i < 40 && !Script.Context.Overload.IsLimiting; i++)
            Look();
        Assert.True(Script.Context.Overload.IsLimiting);
    }

    private void SpendRefusals()
    {
        for (var i = 0; i < 100_000; i++)
            Script.Context.Overload.CountRefused(Backlog.Long);
    }

    private void Look()
    {
        Script.Clock.Advance(OverloadControl.Period);
        Script.Context.Overload.Observe(TooMuch);
    }
}
