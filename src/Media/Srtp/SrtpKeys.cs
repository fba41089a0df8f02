namespace TekSipCloud.Media.Srtp;

/// <summary>The keys that one party and we agreed on, each for one way.</summary>
/// <param name="Theirs">What the party sends with.</param>
/// <param name="Ours">What we send to it with.</param>
public sealed record SrtpKeys(SrtpKey Theirs, SrtpKey Ours);
