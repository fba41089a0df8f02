using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Registrations;

namespace TekSipCloud.Grains.Tests.Registrations;

/// <summary>What holds of a registrar whatever phones send, in whatever order.</summary>
public sealed class RegistrarPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TenantSettings Settings = new() { MaxBindings = 3 };

    private static readonly Gen<ContactWish> Wishes =
        from user in Gen.Elements("a", "b", "c", "d", "e")
        from seconds in Gen.Elements(0, 30, 600)
        from regId in Gen.Elements<int?>(null, null, 1, 2)
        select Phones.Contact(user, seconds, regId is null ? null : "<urn:uuid:1>", regId);

    private static readonly Gen<RegisterCommand> Commands =
        from callId in Gen.Elements("x", "y")
        from cSeq in Gen.Choose(1, 20)
        from wishes in Wishes.ListOf()
        from removesAll in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select removesAll ? Phones.RemoveAll(callId, (uint)cSeq) : Phones.Register(callId, (uint)cSeq, [.. wishes.Take(4)]);

    private static readonly Arbitrary<List<RegisterCommand>> Histories =
        Commands.ListOf().Select(commands => commands.ToList()).ToArbitrary();

    [Fact]
    public void No_history_of_REGISTERs_exceeds_the_limit() => Prop
        .ForAll(Histories, history => Replay(history).All(step => step.After.Live(step.At).Bindings.Length <= Settings.MaxBindings))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void No_two_live_bindings_are_the_same_device() => Prop
        .ForAll(Histories, history => Replay(history).All(step =>
        {
            var devices = step.After.Live(step.At).Bindings.Select(b => b.RegId is null ? b.Identity : $"{b.InstanceId} {b.RegId}").ToList();
            return devices.Count == devices.Distinct().Count();
        }))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_refused_REGISTER_changes_nothing() => Prop
        .ForAll(Histories, history => Replay(history).All(step => step.WasAccepted || ReferenceEquals(step.Before, step.After)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void An_accepted_REGISTER_leaves_exactly_its_last_word_on_each_of_its_Contacts() => Prop
        .ForAll(Histories, history => Replay(history).Where(step => step.WasAccepted && !step.Command.RemoveAll).All(step =>
            step.Command.Contacts.LastOrDefault() is not { } last || last.Lifetime <= TimeSpan.Zero
            || step.After.Live(step.At).Bindings.Any(b => b.Identity == last.Identity && b.Expires == step.At + last.Lifetime
                && b.CSeq == step.Command.CSeq)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Repeating_a_REGISTER_with_its_own_CSeq_is_refused_when_it_bound_something() => Prop
        .ForAll(Histories, history => Replay(history)
            .Where(step => step.WasAccepted && step.After.Live(step.At).Bindings.Any(b => step.Command.Contacts.Any(wish =>
                wish.Identity == b.Identity && wish.RegId == b.RegId && b.CallId == step.Command.CallId && b.CSeq == step.Command.CSeq)))
            .All(step => !step.After.Register(step.Command, Settings, step.At).IsSuccess))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_stored_and_woken_is_what_was_live() => Prop
        .ForAll(Histories, history => Replay(history).All(step =>
        {
            var woken = RegistrarState.Wake(step.After.Rows, _ => true, step.At);
            return woken.Live(step.At).Bindings.SequenceEqual(step.After.Live(step.At).Bindings);
        }))
        .QuickCheckThrowOnFailure();

    private static IEnumerable<Step> Replay(List<RegisterCommand> history)
    {
        var state = RegistrarState.Empty;
        var now = Start;
        foreach (var command in history)
        {
            now = now.AddSeconds(7);
            var outcome = state.Register(command, Settings, now);
            var step = new Step(command, now, state, outcome.Value ?? state, outcome.IsSuccess);
            yield return step;
            state = step.After;
        }
    }

    private sealed record Step(RegisterCommand Command, DateTimeOffset At, RegistrarState Before, RegistrarState After, bool WasAccepted);
}
