using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Strangers;

/// <summary>
/// Somebody who is not in a call sends to its media ports, before it, while addresses are learnt, and after: RTP bleed and inject (CVE-2017-14099,
/// CVE-2025-53399), wrong tags (CVE-2021-26712), a race of ClientHellos (CVE-2023-49786).
/// </summary>
public sealed partial class StrangerTests(OwnHost own, BrowserPhones browser) : IClassFixture<OwnHost>, IClassFixture<BrowserPhones>
{
    private const int CallersTone = 440;
    private const int CalleesTone = 1000;

    // Of 32,767; a stranger's noise is the loudest there is, and a phone's tone has 12,000.
    private const int Silence = 100;
    private const int LoudestOfTone = 13_000;

    /// <summary>Three seconds.</summary>
    private const int Rounds = 75;

    private const int Forgeries = 200;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private readonly HostProcess _host = own.Host;

    [Theory]
    [InlineData(null)]
    [InlineData("srtp-mand")]
    public async Task Who_shoots_at_every_port_before_and_during_a_call_is_not_heard_and_hears_nothing(string? encryption)
    {
        using var tenant = await Tenant(encryption);
        await using var caller = await Baresip.Start(_host.Account(tenant, "1001") with { Hertz = 0, MediaEncryption = encryption });
        await using var callee = await Baresip.Start(_host.Account(tenant, "1002") with { Hertz = CalleesTone, MediaEncryption = encryption });
        await using var spray = await PortSpray.Start(_host);
        await spray.GoesOn(1);

        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));
        await spray.GoesOn(Rounds);
        if (encryption is not null)
            await ForgeFrom(caller);
        await caller.AwaitTone(CalleesTone, Talk);

        Assert.InRange(callee.Loudest(), 0, Silence);
        Assert.InRange(caller.Loudest(), 0, LoudestOfTone);
        Assert.Equal(0, spray.Stolen);
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");
        var record = Assert.Single(await tenant.AwaitHistory());
        AssertDropped(record);
        Assert.InRange(Count(record, "calleeMedia", "packetsSent"), Rounds, long.MaxValue);
        if (encryption is not null)
            Assert.InRange(Count(record, "callerMedia", "unauthenticDropped"), 3 * Forgeries / 2, long.MaxValue);
    }

    [Theory]
    [InlineData("jssip", true)]
    [InlineData("sipjs", false)]
    public async Task A_browsers_call_comes_about_and_goes_on_amid_ClientHellos_and_all_else(string library, bool isCaller)
    {
        using var tenant = await Tenant(null);
        await using var web = browser.Open(library, _host.Ports.WebSocket("wss"), _host.Account(tenant, "1001") with { Hertz = CallersTone });
        await web.Await("registered");
        await using var phone = await Baresip.Start(_host.Account(tenant, "1002") with { Hertz = CalleesTone });
        await using var spray = await PortSpray.Start(_host);
        await spray.GoesOn(1);

        await Call(web, phone, isCaller);
        await Task.WhenAll(web.AwaitTone(CalleesTone, Talk), phone.AwaitTone(CallersTone, Talk), spray.GoesOn(Rounds));
        await ForgeFrom(web);
        await Task.WhenAll(web.AwaitTone(CalleesTone, Talk), phone.AwaitTone(CallersTone, phone.Heard(CallersTone) + Talk));

        Assert.Equal(0, spray.Stolen);
        web.Do("hangUp");
        await Task.WhenAll(phone.Await("CALL_CLOSED"), web.Await("ended"));
        var record = Assert.Single(await tenant.AwaitHistory());
        AssertDropped(record);
        var side = isCaller ? "callerMedia" : "calleeMedia";
        Assert.Equal("DTLS AES_CM_128_HMAC_SHA1_80", record.GetProperty(side).GetProperty("encryption").GetString());
        Assert.InRange(Count(record, side, "unauthenticDropped"), 3 * Forgeries / 2, long.MaxValue);
    }

    private static async Task Call(BrowserPhone web, Baresip phone, bool isCaller)
    {
        if (isCaller)
        {
            web.Do("call", $"sip:{phone.Account.Number}@{phone.Account.Domain}");
        }
        else
        {
            await phone.Dial(web.Account.Number);
            await web.Await("ringing");
            web.Do("answer");
        }

        await Task.WhenAll(web.Await("established"), phone.Await("CALL_ESTABLISHED"));
    }

    /// <summary>Under the phone's own address, without its key.</summary>
    private static async Task ForgeFrom(Baresip phone)
    {
        var ports = phone.Trace.Select(line => Audio().Match(line)).Where(match => match.Success).Select(match => PortOf(match)).ToArray();
        using var forger = new ForgedSender(new(IPAddress.Loopback, ports[0]));
        await Forge(forger, new(IPAddress.Loopback, ports[^1]));
        using var reporter = new ForgedSender(new(IPAddress.Loopback, ports[0] + 1));
        await reporter.Send(new(IPAddress.Loopback, ports[^1] + 1), Forgeries, StrangeDatagrams.Srtcp);
    }

    /// <summary>Under the address that the browser has chosen.</summary>
    private static async Task ForgeFrom(BrowserPhone web)
    {
        web.Do("describe");
        var described = await web.Await("described");
        using var forger = new ForgedSender(IPEndPoint.Parse(described.GetProperty("local").GetString()!));
        var target = IPEndPoint.Parse(described.GetProperty("remote").GetString()!);
        await Forge(forger, target);
        await forger.Send(target, Forgeries, StrangeDatagrams.Srtcp);
        var hello = await StrangeDatagrams.ClientHello();
        await forger.Send(target, Forgeries, _ => hello);
        await forger.Send(target, Forgeries, _ => StrangeDatagrams.Check());
    }

    private static async Task Forge(ForgedSender forger, IPEndPoint target)
    {
        await forger.Send(target, Forgeries, StrangeDatagrams.Rtp);
        await forger.Send(target, Forgeries, StrangeDatagrams.Srtp);
    }

    private async Task<TestTenant> Tenant(string? encryption)
    {
        var tenant = await TestTenant.Create(_host, "stranger");
        foreach (var number in (string[])["1001", "1002"])
        {
            await tenant.AddExtension(number);
            await tenant.EncryptMediaOf(number, encryption is null ? "off" : "required");
        }

        return tenant;
    }

    private static void AssertDropped(JsonElement record) => Assert.All(
        ["callerMedia", "calleeMedia"], side => Assert.InRange(Count(record, side, "strangersDropped"), Rounds, long.MaxValue));

    private static long Count(JsonElement record, string side, string name) => record.GetProperty(side).GetProperty(name).GetInt64();

    private static int PortOf(Match match) => int.Parse(match.Groups["port"].ValueSpan, null);

    [GeneratedRegex("^m=audio (?<port>[0-9]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Audio();
}
