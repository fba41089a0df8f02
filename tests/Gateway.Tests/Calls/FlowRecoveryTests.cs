using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>
/// Calls of a phone whose connection ends or whose network changes go on by the way that it registers on next (RFC 5626 §4.5 flow recovery).
/// </summary>
public sealed class FlowRecoveryTests : GatewayTest
{
    private const string Instance = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";
    private const string Outbound = "Supported: path, outbound";

    [Fact]
    public void A_browser_that_connects_anew_keeps_its_call_and_is_hung_up_there()
    {
        var browser = Browser();
        // Its media is plain, since nobody sends any here.
        var (caller, callee) = Answered(browser, Script.Registered("102"));

        browser.Flow.Close();
        Script.Receiver.OnClosed(browser.Flow);
        caller.Phone = Browser();
        Script.Passes(120);

        Assert.False(Script.LastCall.IsOver);
        callee.HangsUp();
        caller.GetsBye();
    }

    [Fact]
    public void A_caller_that_connects_anew_is_hung_up_there()
    {
        var (caller, callee) = Answered(Connected("203.0.113.9:5001").Registers(), Script.Registered("102"));
        Lose(caller.Phone);

        // Another Contact and no instance: it is the only device there is.
        caller.Phone = Connected("203.0.113.9:5002").Registers();

        callee.HangsUp();
        caller.GetsBye();
    }

    [Fact]
    public void Of_several_devices_the_one_with_the_calls_instance_is_meant()
    {
        var (caller, callee) = Answered(Script.Registered("102"), Flow("203.0.113.9:5001", 1));
        Lose(callee.Phone);
        Connected("203.0.113.10:5001").Registers();

        callee.Phone = Flow("203.0.113.9:5002", 1);

        caller.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_phone_with_two_flows_is_reached_by_the_other_when_one_fails()
    {
        // RFC 5626 §4.2: each reg-id is a flow of the same instance.
        var first = Flow("203.0.113.9:5001", 1);
        Script.Passes(1);
        var second = Flow("203.0.113.9:5002", 2);
        var (caller, callee) = Answered(Script.Registered("102"), second);
        Lose(second);

        callee.Phone = first;

        caller.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void A_phone_that_changed_its_network_goes_on_from_its_new_address()
    {
        var (caller, callee) = Answered(Script.Registered("102"), Datagrams("192.0.2.50:5060"));
        var moved = Datagrams("198.51.100.50:5060");

        moved.Sends(callee.TextOf("BYE", moved));

        moved.Gets(200);
        caller.GetsBye();
    }

    [Fact]
    public void A_phone_that_changed_its_network_is_reached_there()
    {
        var (caller, callee) = Answered(Script.Registered("102"), Datagrams("192.0.2.50:5060"));

        callee.Phone = Datagrams("198.51.100.50:5060");

        caller.HangsUp();
        callee.GetsBye();
    }

    [Fact]
    public void Another_extension_does_not_take_part_by_registering()
    {
        var (caller, callee) = Answered(Script.Registered("102"), Datagrams("192.0.2.50:5060"));
        var other = Script.Registered("103", remote: "198.51.100.50:5060");

        other.Sends(callee.TextOf("BYE", other));

        other.Gets(481);
        caller.HangsUp();
        callee.GetsBye();
    }

    private Phone Browser() => Script.Phone("101", protocol: SipTransportProtocol.Wss).Registers();

    private Phone Connected(string remote) => Script.Phone("101", remote: remote, protocol: SipTransportProtocol.Tcp);

    private Phone Flow(string remote, int regId)
    {
        var phone = Connected(remote);
        return phone.Registers($"{phone.Contact}{Instance};reg-id={regId}", headers: Outbound);
    }

    private Phone Datagrams(string remote)
    {
        var phone = Script.Phone("101", remote: remote);
        return phone.Registers($"{phone.Contact}{Instance};reg-id=1", headers: Outbound);
    }

    private void Lose(Phone phone)
    {
        phone.Flow.Close();
        Script.Receiver.OnClosed(phone.Flow);
        Script.Settle();
    }
}
