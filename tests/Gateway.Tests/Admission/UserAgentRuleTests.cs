using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The manual, Settings / Security: Ignore Calls with Null User Agent, User Agent Policy.</summary>
public sealed class UserAgentRuleTests : GatewayTest
{
    private const string List = "Yealink; linphone/5 ;";

    [Theory]
    [InlineData(UserAgentPolicy.Off, false, null, true)]
    [InlineData(UserAgentPolicy.Off, true, null, false)]
    [InlineData(UserAgentPolicy.Off, true, "User-Agent: ", false)]
    [InlineData(UserAgentPolicy.Off, true, "User-Agent: scanner", true)]
    [InlineData(UserAgentPolicy.Allow, false, null, false)]
    [InlineData(UserAgentPolicy.Allow, false, "User-Agent: Yealink SIP-T46U 108.86", true)]
    [InlineData(UserAgentPolicy.Allow, false, "User-Agent: YEALINK", true)]
    [InlineData(UserAgentPolicy.Allow, false, "User-Agent: Desktop (Linphone/5.2)", true)]
    [InlineData(UserAgentPolicy.Allow, false, "User-Agent: Linphone/4", false)]
    [InlineData(UserAgentPolicy.Ban, false, null, true)]
    [InlineData(UserAgentPolicy.Ban, true, null, false)]
    [InlineData(UserAgentPolicy.Ban, false, "User-Agent: Yealink", false)]
    [InlineData(UserAgentPolicy.Ban, false, "User-Agent: Linphone/4", true)]
    public void Who_may_register_and_call(UserAgentPolicy policy, bool ignoresNull, string? agent, bool isAdmitted)
    {
        Script.Configure(settings => settings with { IgnoreNullUserAgent = ignoresNull, UserAgentPolicy = policy, UserAgents = List });
        string[] headers = agent is null ? [] : [agent];
        var alice = Script.Phone("101");

        alice.SendsRegister(headers: headers);
        alice.Gets(isAdmitted ? 401 : 403);
        var call = alice.Invites("102", headers: headers);

        call.Gets(isAdmitted ? 407 : 403);
    }

    [Fact]
    public void A_change_applies_to_the_next_request()
    {
        var alice = Script.Registered("101");
        Script.Configure(settings => settings with { IgnoreNullUserAgent = true });

        alice.SendsRegister();

        alice.Gets(403);
    }

    [Fact]
    public void A_call_in_progress_goes_on()
    {
        var (call, callee) = Answered(Script.Registered("101"), Script.Registered("102"));
        Script.Configure(settings => settings with { IgnoreNullUserAgent = true });

        call.SendsInvite(Sdp.Of("192.0.2.10"));

        callee.Gets("INVITE");
        Answer(call, callee);
        Ends(call, callee);
    }

    [Fact]
    public void Another_tenants_phones_are_not_concerned()
    {
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        Script.Configure(settings => settings with { IgnoreNullUserAgent = true });

        Script.Phone("101", other).Registers();
    }

    [Fact]
    public void Destinations_are_known_by_their_address_and_need_no_name()
    {
        Script.Configure(settings => settings with { IgnoreNullUserAgent = true, UserAgentPolicy = UserAgentPolicy.Allow, UserAgents = "Yealink" });
        var carrier = Script.Carrier("telco");

        carrier.Invites("102").GetsRefusal(404);
    }
}
