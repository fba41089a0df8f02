using TekSipCloud.Contracts.Calls;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tenants;

namespace TekSipCloud.Gateway.Admission;

/// <summary>A new request that may be worked on: whose it is and who sent it. The same object for all requests of an extension.</summary>
internal sealed class AdmittedRequest(TenantView tenant, Requester requester, bool isOriginationOnly = false, string? believed = null)
{
    private string? _proof;

    public TenantView Tenant => tenant;

    public Requester Requester => requester;

    /// <summary>Whether it came to a domain that takes calls and rings nobody.</summary>
    public bool IsOriginationOnly => isOriginationOnly;

    /// <summary>Whether its sender is taken for who its From says, without credentials.</summary>
    public bool IsBelieved => believed is not null;

    /// <summary>Why it is; null when it is not.</summary>
    public string? Believed => believed;

    /// <summary>The line of a call's decision log that says by what it was admitted.</summary>
    public string Proof => _proof ??= requester.Extension is { } extension
        ? believed is not null ? $"None: its From names {extension.Username}, and {believed}." : $"Digest credentials of {extension.Username}."
        : requester.Destination is { } destination ? $"The address of destination {destination.Name}."
        : "None: the tenant lets everybody call its extensions.";

    /// <summary>Whether its sender is nobody known, whom the tenant lets call its extensions.</summary>
    public bool IsGuest => requester is { Extension: null, Destination: null };

    /// <summary>The sender as the books of its last call have it: the next call's have the same while nothing about it changes.</summary>
    public CallParty? Party { get; set; }

    /// <summary>The sender's AOR as it was last found among those whose refreshes are answered here.</summary>
    public KnownAor? Aor { get; set; }
}
