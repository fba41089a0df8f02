namespace TekSipCloud.Media.Sdp;

/// <summary>Where one line lies in a description's bytes: its letter, and its value without the line end (<see cref="SdpLimits.MaxBytes"/> fits).</summary>
internal readonly record struct SdpLine(byte Type, ushort Start, ushort Length);
