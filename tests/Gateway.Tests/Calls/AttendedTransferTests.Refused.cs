using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <content>Those that are not carried out: both calls go on.</content>
public sealed partial class AttendedTransferTests
{
    [Theory]
    [InlineData("x", 400)]
    [InlineData("", 400)]
    [InlineData("call%3Bto-tag%3Da", 400)]
    [InlineData("call%3Bto-tag%3Da%3Bfrom-tag%3Db&Replaces=call%3Bto-tag%3Da%3Bfrom-tag%3Db", 400)]
    [InlineData("call%3Bto-tag%3Da%3Bfrom-tag%3Db&Join=call%3Bto-tag%3Da%3Bfrom-tag%3Db", 400)]
    public void What_names_no_one_dialog_is_refused(string replaces, int status)
    {
        // RFC 3891 §3
        var (call, callee, asking, asked) = Asking();

        RefersTo(callee, $"<sip:103@example.com?Replaces={replaces}>");

        callee.Gets(status);
        callee.GetsNothing();
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Theory]
    [InlineData("nobody%40knows%3Bto-tag%3D1%3Bfrom-tag%3D2")]
    [InlineData("nobody%40knows%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bearly-only")]
    public void A_dialog_that_is_not_there_is_told_as_481_and_not_answered_so(string replaces)
    {
        // RFC 3261 §12.2.1.2: a 481 to the REFER itself would end the first call.
        var (call, callee, asking, asked) = Asking();

        RefersTo(callee, $"<sip:103@example.com?Replaces={replaces}>");

        Refused(callee, 481);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void A_place_of_somebody_elses_is_not_given_away()
    {
        var (call, callee, asking, asked) = Asking();
        var (other, others) = Answered(Script.Registered("104"), Script.Registered("105"));

        Refers(callee, other);

        Refused(callee, 403);
        Ends(other, others);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void The_place_of_the_other_party_of_the_asked_one_is_not_given_away()
    {
        var (call, callee, asking, asked) = Asking();

        Refers(callee, asked);

        Refused(callee, 403);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void A_dialog_of_another_tenants_is_not_there()
    {
        var other = new TenantId("other");
        Script.AddTenant(other, "other.example");
        var (call, callee, asking, asked) = Asking();
        var (theirs, others) = Answered(Script.Registered("101", other, "192.0.2.77:5060"), Script.Registered("102", other, "192.0.2.78:5060"));

        Refers(others, asking);

        Refused(others, 481);
        Ends(theirs, others);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void The_call_that_it_is_sent_in_is_no_other_call()
    {
        var (call, callee, asking, asked) = Asking();

        Refers(callee, callee);

        callee.Gets(603);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void Who_is_asked_and_answered_by_the_echo_test_has_no_place_to_give()
    {
        var (alice, bob, _) = Phones();
        var (call, callee) = Answered(alice, bob);
        var asking = bob.Invites("*43");
        asking.Gets(200);
        asking.Sends("ACK");

        Refers(callee, asking);

        Refused(callee, 603);
        asking.HangsUp();
        Ends(call, callee);
    }

    [Fact]
    public void Parties_without_a_common_sound_stay_where_they_are()
    {
        var (alice, bob, carol) = Phones();
        var (call, callee) = Answered(alice, bob);
        var asking = bob.Invites("103", Sdp.Of(bob.Address, codecs: "9"));
        var asked = carol.GetsCall();
        Answer(asking, asked, Sdp.Of(carol.Address, codecs: "9"));

        Refers(callee, asking);

        Refused(callee, 488);
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void While_the_second_calls_session_changes_it_is_not_the_time()
    {
        var (call, callee, asking, asked) = Asking();
        asked.Sends("INVITE", Sdp.Of(asked.Phone.Address, direction: "sendonly", version: 2));
        asking.Gets("INVITE");

        Refers(callee, asking);

        Refused(callee, 491);
        asking.Answers();
        asking.Gets("ACK");
        asked.Gets(200);
        asked.Sends("ACK");
        Ends(asking, asked);
        Ends(call, callee);
    }

    [Fact]
    public void Where_transfers_are_refused_it_is_603()
    {
        Script.Configure(s => s with { Transfers = TransferPolicy.Refuse });
        var (call, callee, asking, asked) = Asking();

        Refers(callee, asking);

        callee.Gets(603);
        Ends(asking, asked);
        Ends(call, callee);
    }
}
