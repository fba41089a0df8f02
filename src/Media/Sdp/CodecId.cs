namespace TekSipCloud.Media.Sdp;

/// <summary>By which payload type a party is offered a codec, whatever the other party calls it.</summary>
/// <param name="Name">The codec's name, as in a=rtpmap; its case means nothing.</param>
/// <param name="PayloadType">96 to 127 (RFC 3551 §6).</param>
public readonly record struct CodecId(string Name, byte PayloadType);
