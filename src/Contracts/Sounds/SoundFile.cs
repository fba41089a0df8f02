using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Contracts.Sounds;

/// <summary>A WAV file that can be played to phones.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="Duration">How long it is heard.</param>
[SuppressMessage("Performance", "CA1819", Justification = "A file is its bytes.")]
public sealed record SoundFile(byte[] Bytes, TimeSpan Duration);
