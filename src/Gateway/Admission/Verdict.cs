using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Gateway.Admission;

/// <summary>What admission says of a new request.</summary>
/// <param name="Kind">What to do with it.</param>
/// <param name="Admitted">For <see cref="VerdictKind.Admit"/>: on whose behalf.</param>
/// <param name="Status">For <see cref="VerdictKind.Refuse"/> and <see cref="VerdictKind.Challenge"/>: the code.</param>
/// <param name="Challenge">For <see cref="VerdictKind.Challenge"/>: what to ask for.</param>
/// <param name="Load">For <see cref="VerdictKind.Load"/>: reads what is missing, after which the request is judged again.</param>
/// <param name="IsGuess">Whether it is refused for its credentials.</param>
/// <param name="Tenant">Whose request it is, where that is known: its counters count it.</param>
/// <param name="Reason">The phrase of a refusal; null for the registered one.</param>
/// <param name="IsOriginationOnly">Whether a refused method is refused by a domain that takes calls and rings nobody.</param>
/// <param name="ReadsAccount">Whether <paramref name="Load"/> reads the account whose credentials the request has.</param>
internal readonly record struct Verdict(
    VerdictKind Kind, AdmittedRequest? Admitted = null, int Status = 0, Challenge? Challenge = null, Func<Task>? Load = null,
    bool IsGuess = false, TenantId? Tenant = null, byte[]? Reason = null, bool IsOriginationOnly = false,
    bool ReadsAccount = false)
{
    public static Verdict Admit(AdmittedRequest admitted) => new(VerdictKind.Admit, admitted);

    public static Verdict Refuse(int status) => new(VerdictKind.Refuse, Status: status);

    /// <summary>The credentials are nobody's: 403, whatever is wrong with them.</summary>
    public static Verdict Deny() => new(VerdictKind.Refuse, Status: 403, IsGuess: true);

    /// <summary>The same with a phrase that says what is wrong with them.</summary>
    public static Verdict Deny(byte[] reason) => Deny() with { Reason = reason };

    public static Verdict Ask(int status, Challenge challenge) => new(VerdictKind.Challenge, Status: status, Challenge: challenge);

    public static Verdict Wait(Func<Task> load) => new(VerdictKind.Load, Load: load);
}
