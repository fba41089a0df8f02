using TekSipCloud.Media.Codecs;

namespace TekSipCloud.Media.Playback;

/// <summary>In which form a party takes G.711.</summary>
/// <param name="PayloadType">The payload type by which its description names it, 0 to 127.</param>
/// <param name="Law">The law.</param>
public readonly record struct G711Format(byte PayloadType, G711Law Law);
