using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Registrations;

namespace TekSipCloud.Grains.Tests.Registrations;

/// <summary>RFC 3261 §10.3 and RFC 5626 §6, without a silo.</summary>
public sealed class RegistrarStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TenantSettings Settings = new() { MaxBindings = 2 };

    [Fact]
    public void A_binding_lives_as_long_as_granted()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a", 60)));

        Assert.Single(state.Live(Now.AddSeconds(59)).Bindings);
        Assert.Empty(state.Live(Now.AddSeconds(60)).Bindings);
    }

    [Fact]
    public void A_REGISTER_without_Contact_changes_nothing()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a")));

        Assert.Same(state, Accept(state, Phones.Register(1)));
    }

    [Fact]
    public void A_refresh_is_not_counted_as_one_more_device()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        var refreshed = Accept(state, Phones.Register(2, Phones.Contact("a")), Now.AddMinutes(5));

        Assert.Equal(2, refreshed.Live(Now).Bindings.Length);
        Assert.Contains(refreshed.Live(Now).Bindings, binding => binding.Expires == Now.AddMinutes(15) && binding.Registered == Now);
    }

    [Fact]
    public void One_device_too_many_is_refused()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        Assert.Equal(ProblemKind.OverLimit, Refuse(state, Phones.Register(2, Phones.Contact("c"))));
    }

    [Fact]
    public void A_refresh_works_even_after_the_limit_was_lowered()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        var outcome = state.Register(Phones.Register(2, Phones.Contact("b")), Settings with { MaxBindings = 1 }, Now);

        Assert.True(outcome.IsSuccess);
    }

    [Fact]
    public void An_expired_device_makes_room()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a", 60), Phones.Contact("b")));

        var later = Accept(state, Phones.Register(2, Phones.Contact("c")), Now.AddSeconds(61));

        Assert.Equal(["sip:b@192.0.2.1", "sip:c@192.0.2.1"], Contacts(later, Now.AddSeconds(61)).Order());
    }

    [Fact]
    public void Within_a_CallId_an_older_or_equal_CSeq_is_refused() // RFC 3261 §10.3 step 7
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(5, Phones.Contact("a")));

        Assert.Equal(ProblemKind.OutOfOrder, Refuse(state, Phones.Register(5, Phones.Contact("a"))));
        Assert.Equal(ProblemKind.OutOfOrder, Refuse(state, Phones.Register(4, Phones.Contact("a", 0))));
        Assert.True(state.Register(Phones.Register("call-2", 1, Phones.Contact("a")), Settings, Now).IsSuccess);
    }

    [Fact]
    public void A_request_that_fails_in_one_Contact_changes_none() // RFC 3261 §10.3: "it MUST either succeed or fail"
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(5, Phones.Contact("a")));

        Assert.Equal(ProblemKind.OutOfOrder, Refuse(state, Phones.Register(5, Phones.Contact("b"), Phones.Contact("a"))));
        Assert.Equal(["sip:a@192.0.2.1"], Contacts(state, Now));
    }

    [Fact]
    public void Contacts_apply_in_their_order()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("a", 0), Phones.Contact("b")));

        Assert.Equal(["sip:b@192.0.2.1"], Contacts(state, Now));
    }

    [Fact]
    public void A_star_removes_everything_but_not_with_an_old_CSeq() // RFC 3261 §10.3 step 6
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(5, Phones.Contact("a"), Phones.Contact("b")));

        Assert.Equal(ProblemKind.OutOfOrder, Refuse(state, Phones.RemoveAll("call-1", 5)));
        Assert.Empty(Accept(state, Phones.RemoveAll("call-1", 6)).Live(Now).Bindings);
        Assert.Empty(Accept(state, Phones.RemoveAll("call-2", 1)).Live(Now).Bindings);
    }

    [Fact]
    public void An_instance_that_moved_replaces_its_binding_of_the_same_flow() // RFC 5626 §6
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("old", 600, "<urn:uuid:1>", 1)));

        var moved = Accept(state, Phones.Register("2", 1, Phones.Contact("new", 600, "<urn:uuid:1>", 1)));

        Assert.Equal(["sip:new@192.0.2.1"], Contacts(moved, Now));
    }

    [Fact]
    public void An_instance_that_moved_replaces_its_binding_without_flows_too() // RFC 5626 §6
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("old", 600, "<urn:uuid:1>")));

        var moved = Accept(state, Phones.Register("2", 1, Phones.Contact("new", 600, "<urn:uuid:1>")));

        Assert.Equal(["sip:new@192.0.2.1"], Contacts(moved, Now));
    }

    [Fact]
    public void Two_instances_with_the_same_Contact_are_two_devices() // RFC 5626 §6: such as two homes with the same private addresses.
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("x", 600, "<urn:uuid:1>")));

        Assert.Equal(2, Accept(state, Phones.Register("2", 1, Phones.Contact("x", 600, "<urn:uuid:2>"))).Live(Now).Bindings.Length);
    }

    [Fact]
    public void A_phone_that_begins_to_tell_its_instance_is_still_the_same() // RFC 3261 §10.3 step 7
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("x")));

        var told = Accept(state, Phones.Register("2", 1, Phones.Contact("x", 600, "<urn:uuid:1>")));

        Assert.Equal("<urn:uuid:1>", Assert.Single(told.Live(Now).Bindings).InstanceId);
    }

    [Fact]
    public void A_parameter_that_only_one_Contact_has_makes_no_other_device() // RFC 3261 §19.1.4
    {
        var contact = Phones.Contact("x");
        var state = Accept(RegistrarState.Empty, Phones.Register(1, contact with { Uri = $"{contact.Uri};ob", Identity = $"{contact.Identity};ob=" }));

        Assert.Equal([contact.Uri], Contacts(Accept(state, Phones.Register(2, contact)), Now));
    }

    [Fact]
    public void At_the_limit_one_device_can_take_the_place_of_another()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        var swapped = Accept(state, Phones.Register(2, Phones.Contact("a", 0), Phones.Contact("c")));

        Assert.Equal(["sip:b@192.0.2.1", "sip:c@192.0.2.1"], Contacts(swapped, Now).Order());
    }

    [Fact]
    public void Beyond_a_lowered_limit_the_owner_can_remove_one_or_all()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b"), Phones.Contact("c")), Now, 3);

        Assert.Equal(2, Accept(state, Phones.Register(2, Phones.Contact("a", 0)), Now, 1).Live(Now).Bindings.Length);
        Assert.Empty(Accept(state, Phones.RemoveAll("call-1", 2), Now, 1).Live(Now).Bindings);
    }

    [Fact]
    public void Another_CallId_updates_whatever_its_CSeq() // RFC 3261 §10.3 step 7
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 900, Phones.Contact("a"), Phones.Contact("b")));

        var updated = Accept(state, Phones.Register("2", 1, Phones.Contact("a", 1200), Phones.Contact("b", 0)));

        var binding = Assert.Single(updated.Live(Now).Bindings);
        Assert.Equal(("2", 1u, Now.AddSeconds(1200)), (binding.CallId, binding.CSeq, binding.Expires));
    }

    [Fact]
    public void Removing_what_is_not_there_succeeds() => // RFC 3261 §10.3 step 7 names no failure for it
        Assert.Empty(Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a", 0))).Live(Now).Bindings);

    [Fact]
    public void Two_flows_of_one_instance_are_two_bindings() // RFC 5626 §4.2
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("x", 600, "<urn:uuid:1>", 1)));

        Assert.Equal(2, Accept(state, Phones.Register("2", 1, Phones.Contact("x", 600, "<urn:uuid:1>", 2))).Live(Now).Bindings.Length);
    }

    [Fact]
    public void Live_bindings_come_by_preference_then_the_most_recent()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("low", q: 100)), Now, 9);
        state = Accept(state, Phones.Register("2", 1, Phones.Contact("high-old", q: 900)), Now.AddSeconds(1), 9);
        state = Accept(state, Phones.Register("3", 1, Phones.Contact("high-new", q: 900)), Now.AddSeconds(2), 9);

        Assert.Equal(["sip:high-new@192.0.2.1", "sip:high-old@192.0.2.1", "sip:low@192.0.2.1"], Contacts(state, Now.AddSeconds(3)));
    }

    [Fact]
    public void A_reported_refresh_moves_the_end_and_a_late_one_does_not()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(5, Phones.Contact("a", 60)));

        var refreshed = state.Refresh(Report("a", 120, 7));
        var late = refreshed.Refresh(Report("a", 90, 6));

        Assert.Equal(Now.AddSeconds(120), Assert.Single(refreshed.Live(Now.AddSeconds(61)).Bindings).Expires);
        Assert.Same(refreshed, late);
        Assert.Equal("02", Assert.Single(refreshed.Rows).Binding.Flow.Id.Incarnation);
        Assert.Same(state, state.Refresh(Report("unknown", 120, 9)));
    }

    [Fact]
    public void A_device_that_does_not_answer_is_marked_until_it_does_or_registers()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        var marked = state.Note("sip:a@192.0.2.1", isUnreachable: true, Now);

        Assert.Equal(["sip:a@192.0.2.1"], Unreachable(marked));
        Assert.Same(marked, marked.Note("sip:a@192.0.2.1", isUnreachable: true, Now));
        Assert.Same(state, state.Note("sip:c@192.0.2.1", isUnreachable: true, Now));
        Assert.Same(state, state.Note("sip:a@192.0.2.1", isUnreachable: true, Now.AddHours(1)));
        Assert.Empty(Unreachable(marked.Note("sip:a@192.0.2.1", isUnreachable: false, Now)));
        Assert.Empty(Unreachable(Accept(marked, Phones.Register(2, Phones.Contact("a")))));
        Assert.Empty(Unreachable(marked.Refresh(Report("a", 120, 7))));
        Assert.Equal(["sip:a@192.0.2.1"], Unreachable(RegistrarState.Wake(marked.Rows, _ => true, Now)));
    }

    [Fact]
    public void A_closed_connection_takes_its_bindings_along_and_UDP_has_none()
    {
        var tcp = Phones.Flow(connection: 7);
        var state = Accept(RegistrarState.Empty, Phones.Register("1", 1, Phones.Contact("tcp")) with { Flow = tcp });
        state = Accept(state, Phones.Register("2", 1, Phones.Contact("udp")));

        Assert.Equal(["sip:udp@192.0.2.1"], Contacts(state.Disconnect(tcp.Id), Now));
        Assert.Same(state, state.Disconnect(Phones.Flow().Id));
        Assert.Same(state, state.Disconnect(Phones.Flow(incarnation: "02", connection: 7).Id));
    }

    [Fact]
    public void Clearing_takes_one_or_all_and_says_when_there_was_none()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a"), Phones.Contact("b")));

        Assert.Equal(["sip:b@192.0.2.1"], Contacts(state.Clear("sip:a@192.0.2.1", Now).Value!, Now));
        Assert.Empty(state.Clear(null, Now).Value!.Live(Now).Bindings);
        Assert.Equal(ProblemKind.NotFound, state.Clear("sip:c@192.0.2.1", Now).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, RegistrarState.Empty.Clear(null, Now).Problem?.Kind);
    }

    [Fact]
    public void After_a_wake_a_dead_gateways_binding_lives_one_lifetime_longer()
    {
        var rows = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a", 600))).Rows;

        Assert.Single(RegistrarState.Wake(rows, _ => false, Now).Live(Now.AddSeconds(1199)).Bindings);
        Assert.Empty(RegistrarState.Wake(rows, _ => false, Now).Live(Now.AddSeconds(1200)).Bindings);
        Assert.Empty(RegistrarState.Wake(rows, _ => true, Now).Live(Now.AddSeconds(600)).Bindings);
        Assert.Empty(RegistrarState.Wake(rows, _ => false, Now.AddHours(1)).Rows);
    }

    [Fact]
    public void A_refresh_that_was_reported_late_counts_for_all_that_was_granted_beyond_its_end()
    {
        var rows = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a", 600))).Refresh(Report("a", 300, 7)).Rows;

        Assert.Single(RegistrarState.Wake(rows, _ => false, Now).Live(Now.AddSeconds(899)).Bindings);
        Assert.Empty(RegistrarState.Wake(rows, _ => false, Now).Live(Now.AddSeconds(900)).Bindings);
    }

    [Fact]
    public void Without_SaveRegistrations_bindings_die_with_their_gateway()
    {
        var forgetful = Settings with { SaveRegistrations = false };
        var rows = RegistrarState.Empty.Register(Phones.Register(1, Phones.Contact("a")), forgetful, Now).Value!.Rows;

        Assert.Empty(RegistrarState.Wake(rows, _ => false, Now).Live(Now).Bindings);
        Assert.Single(RegistrarState.Wake(rows, _ => true, Now).Live(Now).Bindings);
    }

    [Fact]
    public void Other_nodes_hear_of_devices_that_come_go_or_move_but_not_of_refreshes()
    {
        var state = Accept(RegistrarState.Empty, Phones.Register(1, Phones.Contact("a")) with { Flow = Phones.Flow("b") });
        var moved = Accept(state, Phones.Register(2, Phones.Contact("a")));
        var joined = Accept(state, Phones.Register("2", 1, Phones.Contact("other")));

        var refreshed = Accept(moved, Phones.Register(3, Phones.Contact("a")));

        Assert.True(state.ChangedForOthers(moved, "a"));
        Assert.True(state.ChangedForOthers(joined, "a"));
        Assert.False(moved.ChangedForOthers(refreshed, "a"));
        Assert.False(state.ChangedForOthers(state, "b"));
    }

    private static BindingRefresh Report(string user, int seconds, uint cSeq) =>
        new([new($"sip:{user}@192.0.2.1", Now.AddSeconds(seconds), "call-1", cSeq, TimeSpan.FromSeconds(600))], "02");

    private static RegistrarState Accept(RegistrarState state, RegisterCommand command, DateTimeOffset? now = null, int maxBindings = 2)
    {
        var outcome = state.Register(command, Settings with { MaxBindings = maxBindings }, now ?? Now);
        Assert.Null(outcome.Problem);
        return outcome.Value!;
    }

    private static IEnumerable<string> Unreachable(RegistrarState state) =>
        state.Live(Now).Bindings.Where(binding => binding.IsUnreachable).Select(binding => binding.Contact);

    private static ProblemKind? Refuse(RegistrarState state, RegisterCommand command) =>
        state.Register(command, Settings, Now).Problem?.Kind;

    private static ImmutableArray<string> Contacts(RegistrarState state, DateTimeOffset now) =>
        [.. state.Live(now).Bindings.Select(binding => binding.Contact)];
}
