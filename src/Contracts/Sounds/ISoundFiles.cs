namespace TekSipCloud.Contracts.Sounds;

/// <summary>Makes of what people upload what is kept and played.</summary>
public interface ISoundFiles
{
    /// <summary>The file to be kept: WAV, one channel at 8 kHz, 16 bits or G.711. Invalid, with the reason, when it can't be heard or is too long.</summary>
    Result<SoundFile> Convert(ReadOnlyMemory<byte> upload, SoundKind kind);

    /// <summary>What is played where a tenant has no sound of its own.</summary>
    SoundFile ReadDefault(SoundKind kind);
}
