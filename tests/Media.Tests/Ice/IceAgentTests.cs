using System.Net;
using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Stun;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Ice;

/// <summary>The lite side: RFC 8445 §2.5 and §7.3, RFC 8489 §9.1.3, RFC 7675.</summary>
public sealed class IceAgentTests
{
    private readonly FakeClock _clock = new();
    private readonly IceCredentials _local = IceCredentials.Create();
    private readonly IceAgent _agent;
    private readonly Browser _browser;

    public IceAgentTests()
    {
        _agent = new(_local, _clock);
        _browser = new(_local);
    }

    [Fact]
    public void A_check_is_answered_by_where_it_came_from()
    {
        var answer = new byte[IceAgent.MaxAnswerBytes];
        var length = _agent.Answer(_browser.Check(), new PeerAddress(IPAddress.Parse("192.0.2.1"), 32853), answer);

        Assert.True(StunMessage.TryParse(answer.AsSpan(0, length), out var message));
        Assert.Equal(StunClass.Success, message.Class);
        Assert.True(message.IsSignedBy(_local.Password));
        Assert.True(message.TryFind(StunAttributeType.XorMappedAddress, out var mapped));
        Assert.Equal("0001A147E112A643", Convert.ToHexString(mapped));
    }

    [Fact]
    public void An_address_is_permitted_once_it_was_checked_and_used_once_it_was_named()
    {
        Assert.False(_agent.Permits(Browser.Wifi));
        Assert.Equal(0, _browser.Ask(_agent, Browser.Wifi));
        Assert.True(_agent.Permits(Browser.Wifi));
        Assert.False(_agent.HasSelected);

        Assert.Equal(0, _browser.Ask(_agent, Browser.Wifi, nominates: true));

        Assert.True(_agent.Selected.IsSameAs(Browser.Wifi));
        Assert.False(_agent.Permits(Browser.Mobile));
    }

    [Fact]
    public void Without_the_password_nothing_is_permitted()
    {
        Assert.Equal(401, new Browser(_local) { Password = [.. "somebodyelsespasswordxx"u8] }.Ask(_agent, Browser.Wifi, nominates: true));
        Assert.Equal(401, new Browser(_local) { Username = [.. "nobody:abcd"u8] }.Ask(_agent, Browser.Wifi, nominates: true));
        Assert.Equal(401, new Browser(_local) { Username = [.. _local.Fragment] }.Ask(_agent, Browser.Wifi, nominates: true));
        Assert.Equal(400, new Browser(_local) { Signs = false }.Ask(_agent, Browser.Wifi, nominates: true));
        Assert.Equal(400, new Browser(_local) { Username = [] }.Ask(_agent, Browser.Wifi, nominates: true));

        Assert.False(_agent.Permits(Browser.Wifi));
        Assert.False(_agent.HasSelected);
    }

    [Fact]
    public void What_is_no_check_gets_no_answer()
    {
        Assert.Null(new Browser(_local) { HasFingerprint = false }.Ask(_agent, Browser.Wifi));
        Assert.Null(new Browser(_local) { Class = StunClass.Indication }.Ask(_agent, Browser.Wifi));
        Assert.Null(new Browser(_local) { Class = StunClass.Success }.Ask(_agent, Browser.Wifi));
        Assert.False(_agent.Permits(Browser.Wifi));
    }

    [Fact]
    public void What_must_be_understood_and_is_not_is_named_RFC_8489_section_6_3_1()
    {
        var answer = new byte[IceAgent.MaxAnswerBytes];
        var length = _agent.Answer(new Browser(_local) { Extra = (StunAttributeType)0x7ABC }.Check(true), Browser.Wifi, answer);

        Assert.True(StunMessage.TryParse(answer.AsSpan(0, length), out var message));
        Assert.True(message.TryFind(StunAttributeType.ErrorCode, out var code));
        Assert.Equal(420, code[2] * 100 + code[3]);
        Assert.True(message.TryFind(StunAttributeType.UnknownAttributes, out var unknown));
        Assert.Equal("7ABC", Convert.ToHexString(unknown));
        Assert.False(_agent.HasSelected);
    }

    [Fact]
    public void Whoever_believes_to_be_controlled_too_is_told_so_RFC_8445_section_7_3_1_1()
    {
        Assert.Equal(487, new Browser(_local) { Role = StunAttributeType.IceControlled }.Ask(_agent, Browser.Wifi, nominates: true));
        Assert.False(_agent.HasSelected);
    }

    [Fact]
    public void Of_several_paths_named_at_once_the_one_of_the_highest_priority_is_used()
    {
        _ = _browser.Ask(_agent, Browser.Wifi, nominates: true, priority: 200);
        _ = _browser.Ask(_agent, Browser.Mobile, nominates: true, priority: 100);
        Assert.True(_agent.Selected.IsSameAs(Browser.Wifi));

        _ = _browser.Ask(_agent, Browser.Mobile, nominates: true, priority: 300);
        Assert.True(_agent.Selected.IsSameAs(Browser.Mobile));
    }

    [Fact]
    public void A_browser_that_moves_to_a_worse_network_is_followed()
    {
        _ = _browser.Ask(_agent, Browser.Wifi, nominates: true, priority: 200);
        _clock.Advance(TimeSpan.FromSeconds(3));

        _ = _browser.Ask(_agent, Browser.Mobile, nominates: true, priority: 100);

        Assert.True(_agent.Selected.IsSameAs(Browser.Mobile));
    }

    [Fact]
    public void Consent_is_as_old_as_the_last_check_of_the_path_in_use_RFC_7675()
    {
        _ = _browser.Ask(_agent, Browser.Wifi, nominates: true);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _ = _browser.Ask(_agent, Browser.Mobile);
        Assert.Equal(TimeSpan.FromSeconds(20), _clock.GetElapsedTime(_agent.LastConsent));

        Assert.Equal(0, _browser.Ask(_agent, Browser.Wifi));
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(_agent.LastConsent));
    }

    [Fact]
    public void After_a_restart_the_old_path_lives_until_the_new_one_is_named_RFC_8445_section_9()
    {
        _ = _browser.Ask(_agent, Browser.Wifi, nominates: true, priority: 900);
        var next = IceCredentials.Create();
        _agent.Restart(next);
        var anew = new Browser(next);

        Assert.Equal(0, _browser.Ask(_agent, Browser.Wifi));
        Assert.Equal(0, anew.Ask(_agent, Browser.Mobile, priority: 1));
        Assert.True(_agent.Selected.IsSameAs(Browser.Wifi));

        Assert.Equal(0, anew.Ask(_agent, Browser.Mobile, nominates: true, priority: 1));
        Assert.True(_agent.Selected.IsSameAs(Browser.Mobile));
        Assert.False(_agent.Permits(Browser.Wifi));
        Assert.Equal(401, _browser.Ask(_agent, Browser.Wifi, nominates: true));
    }

    [Fact]
    public void However_many_addresses_are_tried_the_one_in_use_is_kept()
    {
        _ = _browser.Ask(_agent, Browser.Wifi, nominates: true);
        for (var port = 1; port < 1000; port++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, _browser.Ask(_agent, new PeerAddress(IPAddress.Loopback, port)));
        }

        Assert.True(_agent.Permits(Browser.Wifi));
        Assert.True(_agent.Permits(new PeerAddress(IPAddress.Loopback, 999)));
        Assert.False(_agent.Permits(new PeerAddress(IPAddress.Loopback, 1)));
    }

    [Fact]
    public void An_answer_allocates_nothing()
    {
        var check = _browser.Check(nominates: true);
        var stranger = new Browser(_local) { Password = [.. "somebodyelsespasswordxx"u8] }.Check();
        var answer = new byte[IceAgent.MaxAnswerBytes];

        Allocations.AssertNone(() =>
        {
            _ = _agent.Answer(check, Browser.Wifi, answer);
            _ = _agent.Answer(stranger, Browser.Mobile, answer);
        });
    }

    [Fact]
    public void Whatever_attributes_a_check_has_nothing_throws_and_answers_fit() =>
        Prop.ForAll<byte[], bool, ushort>((value, isSigned, type) =>
        {
            var buffer = new byte[1200];
            var writer = new StunWriter(buffer, StunClass.Request, new byte[12]);
            writer.Add(StunAttributeType.Username, [.. _local.Fragment, .. ":"u8, .. value]);
            for (var i = 0; i < 20; i++)
                writer.Add((StunAttributeType)(ushort)(type + i), value.AsSpan(0, Math.Min(value.Length, 32)));
            if (isSigned)
                writer.Sign(_local.Password);
            writer.AddFingerprint();

            // What is answered to strangers is no longer than what they sent.
            var length = _agent.Answer(buffer.AsSpan(0, writer.Length), Browser.Mobile, new byte[IceAgent.MaxAnswerBytes]);
            return length <= writer.Length;
        }).QuickCheckThrowOnFailure();
}
