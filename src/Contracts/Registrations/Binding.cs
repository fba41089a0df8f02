using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>One device at which an AOR can be reached (RFC 3261 §10).</summary>
[GenerateSerializer, Immutable, Alias("binding")]
public sealed record Binding
{
    /// <summary>The Contact's URI as the phone wrote it.</summary>
    [Id(0)]
    public required string Contact { get; init; }

    /// <summary>Preference in thousandths, 0 to 1000 (RFC 3261 §20.10). Default 1000.</summary>
    [Id(1)]
    public int Q { get; init; } = 1000;

    /// <summary>When it ends, as granted to the phone.</summary>
    [Id(2)]
    public required DateTimeOffset Expires { get; init; }

    /// <summary>When this device first registered.</summary>
    [Id(3)]
    public required DateTimeOffset Registered { get; init; }

    /// <summary>The REGISTER's Call-ID: a higher CSeq is demanded only within the same one.</summary>
    [Id(4)]
    public required string CallId { get; init; }

    /// <summary>The REGISTER's CSeq number.</summary>
    [Id(5)]
    public required uint CSeq { get; init; }

    /// <summary>The <c>+sip.instance</c> (RFC 5626); null for none.</summary>
    [Id(6)]
    public string? InstanceId { get; init; }

    /// <summary>The <c>reg-id</c> (RFC 5626); null for none.</summary>
    [Id(7)]
    public int? RegId { get; init; }

    /// <summary>The Path of the REGISTER (RFC 3327), outermost first; empty for none.</summary>
    [Id(8)]
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>The flow it registered on.</summary>
    [Id(9)]
    public required FlowAddress Flow { get; init; }

    /// <summary>The phone's User-Agent; empty for none.</summary>
    [Id(10)]
    public string UserAgent { get; init; } = "";

    /// <summary>The URI in the comparable form of RFC 3261 §19.1.4: two Contacts with the same one are the same device.</summary>
    [Id(11)]
    public required string Identity { get; init; }

    /// <summary>Whether it left the last keep-alives without an answer; it is not called until it answers or registers again.</summary>
    [Id(12)]
    public bool IsUnreachable { get; init; }
}
