namespace TekSipCloud.Contracts.Registrations;

/// <summary>What a refresh changes of a binding.</summary>
/// <param name="Contact">Which binding.</param>
/// <param name="Expires">Its new end, as granted.</param>
/// <param name="CallId">The refresh's Call-ID.</param>
/// <param name="CSeq">The refresh's CSeq number.</param>
/// <param name="Lifetime">What was granted: for so long more it counts should its gateway die.</param>
[GenerateSerializer, Immutable, Alias("refreshed-binding")]
public sealed record RefreshedBinding(
    [property: Id(0)] string Contact,
    [property: Id(1)] DateTimeOffset Expires,
    [property: Id(2)] string CallId,
    [property: Id(3)] uint CSeq,
    [property: Id(4)] TimeSpan Lifetime);
