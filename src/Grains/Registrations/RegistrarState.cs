using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Registrations;

namespace TekSipCloud.Grains.Registrations;

/// <summary>
/// The bindings of one AOR and the rules of RFC 3261 §10.3. Immutable: a step makes the next state or is refused
/// altogether.
/// </summary>
internal sealed class RegistrarState
{
    /// <summary>No binding.</summary>
    public static readonly RegistrarState Empty = new([]);

    private readonly ImmutableArray<HeldBinding> _held;

    private RegistrarState(ImmutableArray<HeldBinding> held) => _held = held;

    /// <summary>What is to be stored.</summary>
    public ImmutableArray<StoredBinding> Rows => [.. _held.Select(held => held.Stored)];

    /// <summary>Takes over what was stored; what is over is left out.</summary>
    public static RegistrarState Wake(ImmutableArray<StoredBinding> stored, Func<FlowId, bool> isLive, DateTimeOffset now) => new(
        [.. stored.Select(row => new HeldBinding(row, isLive(row.Binding.Flow.Id)).Compact()).Where(held => !held.IsOver(now))]);

    /// <summary>The live bindings, highest q first, then the most recent.</summary>
    public BindingSet Live(DateTimeOffset now) => new([.. _held
        .Where(held => held.End > now)
        .Select(held => held.End == held.Binding.Expires ? held.Binding : held.Binding with { Expires = held.End })
        .OrderByDescending(binding => binding.Q)
        .ThenByDescending(binding => binding.Registered)]);

    /// <summary>Adds, refreshes and removes bindings. OutOfOrder, OverLimit.</summary>
    public Result<RegistrarState> Register(RegisterCommand command, TenantSettings settings, DateTimeOffset now)
    {
        // RFC 3261 §10.3 step 6: a REGISTER without Contact only asks.
        if (command is { RemoveAll: false, Contacts.IsEmpty: true })
            return this;

        var live = _held.Where(held => held.End > now).ToImmutableArray();
        var touched = command.RemoveAll ? live : [.. live.Where(held => command.Contacts.Any(held.IsMeantBy))];

        // RFC 3261 §10.3 steps 6 and 7: within one Call-ID a request that is not newer fails, and then nothing of it
        // is done.
        if (touched.Any(held => held.Binding.CallId == command.CallId && command.CSeq <= held.Binding.CSeq))
            return new Problem(ProblemKind.OutOfOrder, "A later REGISTER of the same Call-ID was served already.");

        if (command.RemoveAll)
            return Empty;

        var next = command.Contacts.Aggregate(live, (held, wish) => Apply(held, wish, command, settings, now));

        // A refresh or a replacement must work even after the limit was lowered.
        if (next.Length > settings.MaxBindings && next.Length > live.Length)
            return new Problem(ProblemKind.OverLimit, $"An extension has at most {settings.MaxBindings} devices registered.");

        var ended = _held.Where(held => held.End <= now && !held.IsOver(now) && !command.Contacts.Any(held.IsMeantBy));
        return new RegistrarState([.. next, .. ended]);
    }

    /// <summary>
    /// Takes over refreshes that were answered already; those of unknown bindings and late ones change nothing.
    /// </summary>
    public RegistrarState Refresh(BindingRefresh refresh)
    {
        var next = _held;
        foreach (var line in refresh.Refreshed)
        {
            if (next.FirstOrDefault(held => held.Binding.Contact == line.Contact && IsNewer(line, held.Binding)) is { } meant)
                next = next.Replace(meant, Refresh(meant, line, refresh.Incarnation));
        }

        return next == _held ? this : new(next);
    }

    /// <summary>Notes whether the live binding with this Contact answers keep-alives.</summary>
    public RegistrarState Note(string contact, bool isUnreachable, DateTimeOffset now)
    {
        var meant = _held.FirstOrDefault(held => held.Binding.Contact == contact && held.End > now);
        return meant is null || meant.Binding.IsUnreachable == isUnreachable
            ? this
            : new(_held.Replace(meant, meant.With(meant.Binding with { IsUnreachable = isUnreachable })));
    }

    /// <summary>Removes the bindings of a closed connection; UDP has none (RFC 5626 §4.2.1).</summary>
    public RegistrarState Disconnect(FlowId flow) =>
        flow.Connection == 0 || !_held.Any(held => held.Binding.Flow.Id == flow)
            ? this
            : new([.. _held.Where(held => held.Binding.Flow.Id != flow)]);

    /// <summary>Removes all bindings or the one with this Contact. NotFound when no such one lives.</summary>
    public Result<RegistrarState> Clear(string? contact, DateTimeOffset now)
    {
        var wanted = _held.Where(held => contact is null || held.Binding.Contact == contact).ToList();
        return wanted.Any(held => held.End > now)
            ? new RegistrarState([.. _held.Except(wanted)])
            : Problem.NotFound(contact is null ? "Nothing is registered." : $"{contact} is not registered.");
    }

    /// <summary>Whether devices came, went or moved, and some node but this one has or had one of them.</summary>
    public bool ChangedForOthers(RegistrarState next, string node)
    {
        var devices = Devices().ToHashSet();
        var concernsOthers = _held.Concat(next._held).Any(held => held.Binding.Flow.Id.Node != node);
        return concernsOthers && !devices.SetEquals(next.Devices());
    }

    private IEnumerable<(string, FlowId)> Devices() => _held.Select(held => (held.Binding.Identity, held.Binding.Flow.Id));

    private static ImmutableArray<HeldBinding> Apply(
        ImmutableArray<HeldBinding> held, ContactWish wish, RegisterCommand command, TenantSettings settings, DateTimeOffset now)
    {
        var others = held.RemoveAll(binding => binding.IsMeantBy(wish));
        if (wish.Lifetime <= TimeSpan.Zero)
            return others;

        var registered = held.FirstOrDefault(binding => binding.IsMeantBy(wish))?.Binding.Registered ?? now;
        var binding = new Binding
        {
            Contact = wish.Uri,
            Identity = wish.Identity == wish.Uri ? wish.Uri : wish.Identity,
            Q = wish.Q,
            Expires = now + wish.Lifetime,
            Registered = registered,
            CallId = command.CallId,
            CSeq = command.CSeq,
            InstanceId = wish.InstanceId,
            RegId = wish.RegId,
            Path = command.Path,
            Flow = command.Flow,
            UserAgent = command.UserAgent,
        };
        return others.Add(HeldBinding.Grant(binding, wish.Lifetime, settings.SaveRegistrations));
    }

    private static bool IsNewer(RefreshedBinding line, Binding binding) =>
        line.CallId != binding.CallId || line.CSeq > binding.CSeq;

    private static HeldBinding Refresh(HeldBinding held, RefreshedBinding line, string incarnation)
    {
        // The gateway that answered lives; were the flow still its dead predecessor's, the binding would seem to be as
        // well.
        var flow = held.Binding.Flow;
        var binding = held.Binding with
        {
            Expires = line.Expires,
            CallId = line.CallId,
            CSeq = line.CSeq,
            // Who registers is there.
            IsUnreachable = false,
            Flow = flow.Id.Incarnation == incarnation ? flow : flow with { Id = flow.Id with { Incarnation = incarnation } },
        };
        return HeldBinding.Grant(binding, line.Lifetime, held.Stored.OutlivesGateway);
    }
}
