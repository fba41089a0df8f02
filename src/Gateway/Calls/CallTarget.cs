using System.Collections.Immutable;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Contracts.Destinations;

namespace TekSipCloud.Gateway.Calls;

/// <summary>One place where a call may be answered: a device of an extension, or a destination.</summary>
internal sealed record CallTarget
{
    /// <summary>Who is there, as far as known before the answer.</summary>
    public required CallParty Party { get; init; }

    /// <summary>What the books say of it, where that is kept from call to call.</summary>
    public KnownDevice? Known { get; init; }

    /// <summary>The Request-URI.</summary>
    public required byte[] RequestUri { get; init; }

    /// <summary>The URI of From.</summary>
    public required byte[] FromUri { get; init; }

    /// <summary>The URI of To.</summary>
    public required byte[] ToUri { get; init; }

    /// <summary>The Route values, outermost first (RFC 3327 Path); empty for none.</summary>
    public ImmutableArray<string> Routes { get; init; } = [];

    /// <summary>The ways there.</summary>
    public required ICallPath Path { get; init; }

    /// <summary>The destination, whose account answers a challenge; null for an extension.</summary>
    public DestinationTarget? Destination { get; init; }

    /// <summary>Whether it is asked to encrypt its media.</summary>
    public MediaEncryption MediaEncryption { get; init; }

    /// <summary>By which suites of SRTP, in which order; empty for all.</summary>
    public string SrtpSuites { get; init; } = "";

    /// <summary>Whether its extension's calls are recorded where its tenant records.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>How much it is preferred to the other devices of its extension, in thousandths (RFC 3261 §20.10): those of a lower q ring when these have failed.</summary>
    public int Q { get; init; } = 1000;

    /// <summary>The device's instance (RFC 5626 §4.1); null when it told none, and for a destination.</summary>
    public string? Instance { get; init; }

    /// <summary>Whether nothing else is tried when nobody answers there: then it has the whole time of its transaction.</summary>
    public bool IsLast { get; init; } = true;

    /// <summary>The same device by another of its flows, for when this one fails (RFC 5626 §4.2.1); null for none.</summary>
    public CallTarget? OtherFlow { get; init; }
}
