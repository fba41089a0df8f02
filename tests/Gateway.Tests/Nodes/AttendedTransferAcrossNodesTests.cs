using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>Attended transfers (RFC 5589 §7) whose calls are of different nodes: the other party's phone takes the place by an INVITE with Replaces.</summary>
public sealed class AttendedTransferAcrossNodesTests : GatewayTest
{
    private readonly SipScript _home = new(64, ("Node:Name", "node-b"));

    public AttendedTransferAcrossNodesTests()
    {
        Script.Grains.Gateway("node-b").Script = _home;
        Script.Leases.Add("node-b");
    }

    public override async ValueTask DisposeAsync()
    {
        await using var home = _home;
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            await home.LeavesNothing();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("sip:103@example.com")]
    [InlineData(null)]
    public void The_other_partys_phone_is_asked_and_told_of_the_dialog_as_it_stands(string? uri)
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        var (asking, asked) = Answered(_home.Registered("102"), _home.Registered("103"));
        // Some phones write the Contact by which they know the party.
        var target = $"<{uri ?? asking.Target}?Replaces={asking.CallId}%3Bto-tag%3D{asking.RemoteTag}%3Bfrom-tag%3D{asking.LocalTag}>";

        Refers(callee, target);

        Assert.Equal(target, SipText.Header(call.Gets("REFER"), "Refer-To"));
        call.Sends(202, to: "REFER");
        callee.Gets(202);
        Ends(call, callee);
        Ends(asking, asked);
    }

    [Fact]
    public void A_dialog_of_no_node_is_told_as_481()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));

        Refers(callee, "<sip:103@example.com?Replaces=nobody%40knows%3Bto-tag%3D1%3Bfrom-tag%3D2>");

        callee.Gets(202);
        foreach (var status in (int[])[100, 481])
        {
            Assert.StartsWith($"SIP/2.0 {status} ", SipText.Body(callee.Gets("NOTIFY")), StringComparison.Ordinal);
            callee.Sends(200, to: "NOTIFY");
        }

        call.GetsNothing();
        Ends(call, callee);
    }

    [Fact]
    public void While_other_nodes_are_asked_there_is_no_second_transfer_and_who_hangs_up_is_not_transferred()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Script.Grains.Gateway("node-b").IsSilent = true;
        Refers(callee, "<sip:103@example.com?Replaces=nobody%40knows%3Bto-tag%3D1%3Bfrom-tag%3D2>");

        callee.SendsWith("REFER", "", "", "Refer-To: <sip:103@example.com?Replaces=other%3Bto-tag%3D1%3Bfrom-tag%3D2>", $"Contact: {callee.Phone.Contact}");
        callee.Gets(491);
        call.HangsUp();

        callee.GetsBye();
        Script.Passes(2.1);
        callee.Gets(480);
    }

    private static void Refers(PhoneCall transferor, string target) =>
        transferor.SendsWith("REFER", "", "", $"Refer-To: {target}", $"Contact: {transferor.Phone.Contact}");
}
