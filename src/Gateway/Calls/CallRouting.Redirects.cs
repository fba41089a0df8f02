using System.Collections.Immutable;
using System.Text;
using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Gateway.Calls;

/// <content>
/// Follows 3xx answers where the tenant wants that (the manual's Process 3xx Responses Locally): each place once in a call, one after the other,
/// with the rights of the extension that redirects.
/// </content>
internal sealed partial class CallRouting
{
    private const string RedirectStep = "redirection";

    private HashSet<string>? _tried;
    private int _redirects;

    /// <summary>Where the 3xx that ended the last fork leads; default or empty when none did.</summary>
    public ImmutableArray<RedirectContact> Contacts { get; private set; } = [];

    private bool IsToFollow(ForkOutcome outcome) =>
        outcome.Status is >= 300 and < 400 && !call.IsOver && call.Tenant.Settings.ProcessRedirects;

    private async Task FollowFirst(Extension extension, ForkOutcome outcome) =>
        OnFirstSettled(extension, await Follow(outcome, extension));

    /// <summary>Calls where a 3xx leads, one place after the other; 480 when that is nowhere.</summary>
    /// <param name="redirect">The 3xx.</param>
    /// <param name="by">The extension whose rights count; null when a destination redirects, which reaches extensions only, as its calls do.</param>
    private async Task<ForkOutcome> Follow(ForkOutcome redirect, Extension? by)
    {
        if (WhyNotFollow(redirect.Status) is { } reason)
            return Give(Unavailable, reason);

        foreach (var contact in redirect.Contacts)
            NoteTried(contact.By);
        var outcome = Unavailable;
        foreach (var contact in redirect.Contacts)
        {
            outcome = await Follow(contact, by) ?? outcome;
            // RFC 3261 §16.7 step 5: a 6xx speaks for all.
            if (outcome.Winner is not null || call.IsOver || outcome.Status >= 600)
                return outcome;
        }

        return outcome;
    }

    private string? WhyNotFollow(int status)
    {
        // RFC 3261 §21.3.4, §21.3.5: a proxy, and a service of another kind, are not where the callee is.
        if (status is not (300 or 301 or 302))
            return $"A {status} is not followed.";
        if (call.Admitted.IsOriginationOnly)
            return "A redirection leads nowhere from a domain that rings nobody.";

        return ++_redirects > MaxRedirections ? $"More than {MaxRedirections} redirections are not followed." : null;
    }

    private async Task<ForkOutcome?> Follow(RedirectContact contact, Extension? by)
    {
        var name = by?.Username ?? contact.By.Target.Party.Name;
        call.Log.Add(RedirectStep, $"{name} redirects to {contact.Uri}.");
        _isForwarded = true;
        if (RedirectPlace.Read(call, contact) is not { } place)
            return Skip($"{contact.Uri} is neither a number of the tenant's nor a way to the phone that redirects.");

        if (place.Way is null)
            return await FollowNumber(place.Number, by, name);
        if (by is null)
            return Skip($"{name} is a destination, which redirects to extensions only.");

        return await FollowWay(contact, place, by);
    }

    private async Task<ForkOutcome?> FollowNumber(string number, Extension? by, string name)
    {
        if (IsVisited(number) || !NoteTried(number))
            return Skip(Circle(number));

        call.GoTo(null);
        var reach = await Reach(number);
        if (call.IsOver)
            return null;
        if (reach is not null)
            return await CallExtension(reach);
        if (by is null)
            return Skip($"{number} is no extension, and {name} is a destination, which redirects to extensions only.");

        return by.AllowExternalCalls
            ? await CallOutside(by, number)
            : Skip($"{number} is no extension, and {name} may not call outside.");
    }

    private async Task<ForkOutcome?> FollowWay(RedirectContact contact, RedirectPlace place, Extension by)
    {
        var uri = Encoding.UTF8.GetBytes(contact.Uri);
        if (!NoteTried(RedirectPlace.KeyOf(place.Way!.Protocol, place.Way.Remote, uri)))
            return Skip(Circle(contact.Uri));

        var target = contact.By.Target with
        {
            RequestUri = uri,
            Path = new RedirectPath(Context.Transports, place.Way),
            Routes = [],
            Known = null,
            Instance = null,
            OtherFlow = null,
        };
        var outcome = Explain(await Ring([target], RingTimeOf(by)), by.Username);
        return IsToFollow(outcome) ? await Follow(outcome, by) : outcome;
    }

    /// <summary>A phone that redirects to where it is itself is not asked again.</summary>
    private void NoteTried(Candidate candidate)
    {
        if (candidate.Flow is { } flow)
            NoteTried(RedirectPlace.KeyOf(flow.Protocol, flow.Remote, candidate.Target.RequestUri));
    }

    private bool NoteTried(string place) => (_tried ??= new(StringComparer.Ordinal)).Add(place);

    private ForkOutcome? Skip(string reason)
    {
        Give(Unavailable, reason);
        return null;
    }

    private static string Circle(string place) => $"The redirection to {place} would go round in circles.";
}
