using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Contracts.Calls;

/// <summary>A call in progress, as listed.</summary>
[GenerateSerializer, Immutable, Alias("call-summary")]
public sealed record CallSummary
{
    /// <summary>UUIDv7 made of <see cref="Started"/> (<c>Guid.CreateVersion7(started)</c>): the history orders and finds calls by its time.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Whose call.</summary>
    [Id(1)]
    public required TenantId Tenant { get; init; }

    /// <summary>The node whose gateway has it.</summary>
    [Id(2)]
    public required string Node { get; init; }

    /// <summary>The start of that node.</summary>
    [Id(3)]
    public required string Incarnation { get; init; }

    /// <summary>Who calls.</summary>
    [Id(4)]
    public required CallParty Caller { get; init; }

    /// <summary>Who is called: the number dialled until somebody answered.</summary>
    [Id(5)]
    public required CallParty Callee { get; init; }

    /// <summary>When the INVITE came.</summary>
    [Id(6)]
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it was answered; null until then.</summary>
    [Id(7)]
    public DateTimeOffset? Answered { get; init; }

    /// <summary>How far it is.</summary>
    [Id(8)]
    public CallState State { get; init; }

    /// <summary>The destination it goes out to or comes in from; null for a call between extensions.</summary>
    [Id(9)]
    public string? Destination { get; init; }

    /// <summary>The caller leg's SIP Call-ID.</summary>
    [Id(10)]
    public string SipCallId { get; init; } = "";
}
