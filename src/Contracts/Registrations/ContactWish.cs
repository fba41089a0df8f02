namespace TekSipCloud.Contracts.Registrations;

/// <summary>One Contact of a REGISTER.</summary>
/// <param name="Uri">Its URI as written.</param>
/// <param name="Lifetime">The lifetime granted; zero removes the binding.</param>
/// <param name="Q">Preference in thousandths, 0 to 1000.</param>
/// <param name="InstanceId">The <c>+sip.instance</c>; null for none.</param>
/// <param name="RegId">The <c>reg-id</c>; null for none.</param>
/// <param name="Identity">What makes two Contacts the same device: the URI in the comparable form of RFC 3261 §19.1.4, computed by the gateway.</param>
[GenerateSerializer, Immutable, Alias("contact-wish")]
public sealed record ContactWish(
    [property: Id(0)] string Uri,
    [property: Id(1)] TimeSpan Lifetime,
    [property: Id(2)] int Q,
    [property: Id(3)] string? InstanceId,
    [property: Id(4)] int? RegId,
    [property: Id(5)] string Identity);
