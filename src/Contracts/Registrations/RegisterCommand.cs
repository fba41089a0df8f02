using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Registrations;

/// <summary>A REGISTER whose sender is authenticated and whose syntax and lifetimes were checked.</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="CSeq">Its CSeq number.</param>
/// <param name="Contacts">The contacts in order; lifetime zero removes one.</param>
/// <param name="RemoveAll">Whether it was <c>Contact: *</c> with <c>Expires: 0</c>.</param>
/// <param name="Path">Its Path values (RFC 3327).</param>
/// <param name="Flow">The flow it came on.</param>
/// <param name="UserAgent">Its User-Agent; empty for none.</param>
[GenerateSerializer, Immutable, Alias("register-command")]
public sealed record RegisterCommand(
    [property: Id(0)] string CallId,
    [property: Id(1)] uint CSeq,
    [property: Id(2)] ImmutableArray<ContactWish> Contacts,
    [property: Id(3)] bool RemoveAll,
    [property: Id(4)] ImmutableArray<string> Path,
    [property: Id(5)] FlowAddress Flow,
    [property: Id(6)] string UserAgent);
