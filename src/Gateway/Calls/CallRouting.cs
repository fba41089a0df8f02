using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Gateway.Trunks;

namespace TekSipCloud.Gateway.Calls;

/// <summary>
/// Finds who answers: the extension dialled with its redirections, or the destinations that routes lead to. Every step is a line of
/// the call's decision log.
/// </summary>
internal sealed partial class CallRouting(Call call)
{
    /// <summary>The most extensions a call is redirected over.</summary>
    private const int MaxRedirections = 5;

    private const string ExtensionStep = "extension";

    private static readonly ForkOutcome NotFound = new(null, 404);
    private static readonly ForkOutcome Unavailable = new(null, 480);
    private Extension? _first;
    private List<string>? _others;
    private TaskCompletionSource<ForkOutcome>? _ringing;
    private bool _isForwarded;

    /// <summary>Why nobody answered.</summary>
    public string Reason { get; private set; } = "Nobody answered.";

    /// <summary>Whether a phone refused, rather than nobody being reached.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>Who the books say refused.</summary>
    public CallEnd RefusedBy => WasRefused ? CallEnd.Callee : CallEnd.System;

    /// <summary>Whether somebody was there, but not by TLS, as a call to a SIPS URI must be (RFC 5630).</summary>
    public bool LacksTls { get; private set; }

    private GatewayContext Context => call.Gateway.Context;

    /// <summary>Begins to look for somebody who answers; the set-up hears of the outcome, maybe before this returns.</summary>
    public void Begin()
    {
        if (call.MadeFor is { IsReturned: true })
            _ = Observe(CallBack());
        else if (call.Number.Length == 0)
            CallSetup.OnRouted(call, Give(NotFound, "The INVITE names nobody."));
        else if (call.Admitted.IsOriginationOnly)
            _ = Observe(CallOriginated(call.Admitted.Requester.Extension!));
        else if (Context.Refreshes.FindReach(KeyOf(call.Number)) is { } known && known.Serves(call))
            CallKnown(known);
        else
            _ = Observe(FindFirst());
    }

    /// <summary>A fork has ended.</summary>
    public void OnSettled(ForkOutcome outcome)
    {
        Contacts = outcome.Contacts;
        if (_ringing is { } ringing)
            ringing.TrySetResult(outcome);
        else if (!call.IsOver)
            OnFirstSettled(_first!, Explain(outcome, _first!.Username));
    }

    private void CallKnown(KnownReach known)
    {
        _first = known.Extension;
        call.Log.Add(ExtensionStep, known.Devices);
        call.Ring(known.Targets(call), RingTimeOf(known.Extension));
    }

    /// <summary>Calls out whatever extension has the number: its domain rings nobody.</summary>
    private async Task CallOriginated(Extension caller)
    {
        if (OwnService.Find(call) is { } service)
            service.Answer();
        else
            CallSetup.OnRouted(call, await CallOutside(caller, call.Number));
    }

    /// <summary>Calls what a destination transfers to at its own host, there and nowhere else.</summary>
    private async Task CallBack()
    {
        var name = call.Admitted.Requester.Destination?.Name;
        CallSetup.OnRouted(call, name is not null && call.Tenant.FindDestination(name) is { Destination.Enabled: true } target
            ? await TryDestination(new RouteCandidate(new() { Destination = name }, target, call.Number), isLast: true)
            : Give(NotFound, "The destination that transfers is there no more."));
    }

    private async Task FindFirst()
    {
        var reach = await Reach(call.Number);
        if (call.IsOver)
            return;

        if (reach is not null)
            CallFirst(reach);
        else if (OwnService.Find(call) is { } service)
            service.Answer();
        // The manual, Routing: a destination's calls reach extensions only.
        else if (call.Admitted.Requester.Extension is { } caller)
            CallSetup.OnRouted(call, PickUp.WhyNothing(call) is { } nothing ? Give(Unavailable, nothing) : await CallOutside(caller, call.Number));
        else
            CallSetup.OnRouted(call, Give(NotFound, $"{call.Number} is no extension, and calls from {(call.Admitted.IsGuest ? "guests" : "a destination")} take no route."));
    }

    /// <summary>Calls the extension dialled: most calls end with it, so nobody waits for its outcome, which comes by itself.</summary>
    private void CallFirst(ExtensionReachability reach)
    {
        _first = reach.Extension;
        if (TryFindTargets(reach, out var targets, out var refusal))
            call.Ring(targets, RingTimeOf(_first));
        else
            OnFirstSettled(_first, refusal);
    }

    private void OnFirstSettled(Extension extension, ForkOutcome outcome)
    {
        if (IsToFollow(outcome))
            _ = Observe(FollowFirst(extension, outcome));
        else if (MayRedirect(extension, outcome))
            _ = Observe(RedirectFirst(extension, outcome));
        else
            CallSetup.OnRouted(call, outcome);
    }

    private async Task RedirectFirst(Extension extension, ForkOutcome outcome) =>
        CallSetup.OnRouted(call, await Redirect(extension, outcome));

    private async Task Observe(Task search)
    {
        try
        {
            await search;
        }
        catch (Exception e)
        {
            CallSetup.OnFailed(call, e);
        }
    }

    private async Task<ForkOutcome> CallExtension(ExtensionReachability reach)
    {
        var extension = reach.Extension;
        (_others ??= []).Add(extension.Username);
        var outcome = TryFindTargets(reach, out var targets, out var refusal)
            ? Explain(await Ring(targets, RingTimeOf(extension)), extension.Username)
            : refusal;
        if (IsToFollow(outcome))
            outcome = await Follow(outcome, extension);
        return MayRedirect(extension, outcome) ? await Redirect(extension, outcome) : outcome;
    }

    private bool TryFindTargets(ExtensionReachability reach, out IReadOnlyList<CallTarget> targets, out ForkOutcome refusal)
    {
        var name = reach.Extension.Username;
        targets = [];
        refusal = default;
        if (!reach.Extension.Enabled)
            refusal = Give(NotFound, $"{name} is disabled.");
        else if (reach.Bindings.IsEmpty)
            refusal = Give(Unavailable, $"{name} is not registered.");
        else if ((targets = CallTargets.Of(call, reach)).Count == 0)
            refusal = RefuseSips(name);

        if (targets.Count == 0)
            return false;

        call.Log.Add(ExtensionStep, CallTargets.Describe(reach.Extension, targets.Count));
        return true;
    }

    /// <summary>RFC 5630 §3.1: a SIPS URI is not turned into a SIP one on the way out.</summary>
    private bool IsTooOpen(Destination destination) =>
        call.IsSips && destination.Type != DestinationType.Extension && destination.Transport != Transport.Tls;

    private ForkOutcome RefuseSips(string name)
    {
        LacksTls = true;
        return Give(Unavailable, $"{name} is not reached by TLS, as a call to a SIPS URI must be.");
    }

    /// <summary>The manual's redirection: nobody is there to answer.</summary>
    private bool MayRedirect(Extension extension, ForkOutcome outcome) =>
        outcome.Winner is null && !call.IsOver && extension.Redirection.Length > 0 && IsAbsent(outcome.Status);

    private int Visited => (_first is null ? 0 : 1) + (_others?.Count ?? 0);

    private bool IsVisited(string username) => _first?.Username == username || _others?.Contains(username) == true;

    private TimeSpan RingTime => call.Tenant.Settings.RingTimeout;

    /// <summary>A redirection may have a time of its own; without one nobody else could take the call.</summary>
    private TimeSpan RingTimeOf(Extension extension) => (extension.Redirection.Length > 0 ? extension.RedirectionTimeout : null) ?? RingTime;

    /// <summary>Rings a group and waits for the outcome.</summary>
    private Task<ForkOutcome> Ring(IReadOnlyList<CallTarget> targets, TimeSpan timeout)
    {
        _ringing = new TaskCompletionSource<ForkOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_isForwarded)
            call.TellForwarded();
        _isForwarded = false;
        call.Ring(targets, timeout);
        return _ringing.Task;
    }

    private ForkOutcome Explain(ForkOutcome outcome, string name)
    {
        return outcome.Status switch
        {
            200 => outcome,
            503 when call.Media.IsShort => Give(outcome, call.Media.Shortage),
            408 or 430 or 503 => Give(Unavailable, $"{name} did not answer."),
            486 or 600 => Give(outcome, $"{name} is busy.", wasRefused: true),
            _ => Give(outcome, $"{name} answered {outcome.Status}.", wasRefused: outcome.Status is not (480 or 487)),
        };
    }

    private async Task<ForkOutcome> Redirect(Extension extension, ForkOutcome outcome)
    {
        var target = extension.Redirection;
        call.Log.Add("redirection", $"{extension.Username} redirects to {target}.");
        _isForwarded = true;
        if (target == Extension.VoiceMail)
            return await CallVoiceMail(outcome);

        if (Visited > MaxRedirections || IsVisited(target))
            return Give(outcome, Circle(target), WasRefused);

        var reach = await Reach(target);
        if (reach is null)
            call.Log.Add("redirection", $"{target} is no extension.");
        return reach is null || call.IsOver ? outcome : await CallExtension(reach);
    }

    private async Task<ForkOutcome> CallVoiceMail(ForkOutcome outcome)
    {
        var name = call.Tenant.Settings.VoiceMailDestination;
        if (name is null || call.Tenant.FindDestination(name) is not { } target)
        {
            call.Log.Add("redirection", "The tenant has no voice mail destination.");
            return outcome;
        }

        return await TryDestination(new RouteCandidate(new() { Destination = name }, target, call.Number), isLast: true);
    }

    private async Task<ForkOutcome> CallOutside(Extension caller, string number)
    {
        if (!caller.AllowExternalCalls)
            return Give(NotFound, $"{number} is no extension, and {caller.Username} may not call outside.");

        var choice = call.Admitted.IsOriginationOnly
            ? AccountRoute.For(call.Tenant, caller, number)
            : RouteChoice.For(call.Tenant, caller, number);
        foreach (var skipped in choice.Skipped)
            call.Log.Add("route", skipped);

        var outcome = NotFound;
        foreach (var candidate in choice.Candidates)
        {
            call.Log.Add("route", $"Route '{candidate.Route.Prefix}' to {candidate.Target.Destination.Name} as {candidate.Number}.");
            outcome = await TryDestination(candidate, isLast: candidate == choice.Candidates[^1]);
            if (outcome.Winner is not null || call.IsOver || !(IsWorthAnother(outcome.Status) || IsTooOpen(candidate.Target.Destination)))
                return outcome;
        }

        return choice.Candidates.IsEmpty ? Give(NotFound, $"No route takes {number}.") : outcome;
    }

    private async Task<ForkOutcome> TryDestination(RouteCandidate candidate, bool isLast)
    {
        var destination = candidate.Target.Destination;
        if (destination.Type == DestinationType.Extension)
        {
            if (IsVisited(destination.Username))
                return Give(NotFound, Circle(destination.Username));

            return await Reach(destination.Username) is { } reach
                ? await CallExtension(reach)
                : Give(NotFound, $"{destination.Name} leads to {destination.Username}, which is no extension.");
        }

        if (IsTooOpen(destination))
            return RefuseSips(destination.Name);

        var key = new DestinationKey(call.Tenant.Id, destination.Name).ToString();
        var places = Context.Grains.GetGrain<IDestinationGrain>(key);
        Task Release() => places.Release(call.Id);
        if (destination.Capacity > 0)
        {
            // Before it is taken: the answer may come too late and the place be taken all the same.
            call.HoldPlace(Release);
            var taken = await places.Take(call.Id, destination.Capacity).WaitAsync(Context.Options.ReadDeadline, Context.Clock);
            if (call.IsOver)
                call.GiveBack(Release);
            if (!taken.IsSuccess)
                return Give(new ForkOutcome(null, 503), $"{destination.Name} is full.");
        }

        call.GoTo(destination.Name);
        var outcome = await Ring([CallTargets.Of(call, candidate, isLast)], RingTime);
        if (outcome.Winner is null && destination.Capacity > 0)
            call.GiveBack(Release);
        if (outcome.Winner is not null)
            return outcome;

        Give(outcome, $"{destination.Name} answered {outcome.Status}.", wasRefused: outcome.Status is not (408 or 430 or 487 or 503));
        return IsToFollow(outcome) ? await Follow(outcome, by: null) : Outward(outcome);
    }

    /// <summary>
    /// What a destination's failure is to a caller of ours: RFC 3261 §16.7 step 6 keeps its 503 from being taken for ours, §21.5.5 has a
    /// code for its silence, and 430 (RFC 5626 §11.6) is between proxies.
    /// </summary>
    private static ForkOutcome Outward(ForkOutcome outcome) => outcome.Status switch
    {
        408 => outcome with { Status = 504 },
        430 => outcome with { Status = 502 },
        503 => outcome with { Status = 500 },
        _ => outcome,
    };

    private async Task<ExtensionReachability?> Reach(string username)
    {
        var key = KeyOf(username);
        // Found before the grain is asked: what changes meanwhile puts another in its place.
        var aor = Context.Refreshes.Find(key);
        var asked = Context.Clock.GetTimestamp();
        var reach = await Context.Grains.GetGrain<IExtensionGrain>(key.ToString()).Reach().WaitAsync(Context.Options.ReadDeadline, Context.Clock);
        if (aor is null || reach is null)
            return reach;

        // News of it were lost, as far as its devices are others.
        if (aor.HasDevices(reach.Bindings, Context.Clock.GetUtcNow()))
            aor.Keep(KnownReach.Of(call, reach, asked));
        else
            Context.Refreshes.Forget(key);
        return reach;
    }

    private ExtensionKey KeyOf(string username) => new(call.Tenant.Id, username);

    private ForkOutcome Give(ForkOutcome outcome, string reason, bool wasRefused = false)
    {
        (Reason, WasRefused) = (reason, wasRefused);
        call.Log.Add("routing", reason);
        return outcome;
    }

    /// <summary>Busy, off-line or silent: what the manual's redirection is for.</summary>
    private static bool IsAbsent(int status) => status is 408 or 480 or 486 or 600;

    /// <summary>The destination failed, not the callee: the next route may do better.</summary>
    private static bool IsWorthAnother(int status) => status is 408 or 430 or >= 500 and < 600;
}
