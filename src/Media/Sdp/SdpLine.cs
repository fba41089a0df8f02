namespace TekSipCloud.Media.Sdp;

/// <summary>Where one line lies in a description's bytes, which are less than 64 KB: its letter, and its value without the line end.</summary>
internal readonly record struct SdpLine(byte Type, ushort Start, ushort Length);
