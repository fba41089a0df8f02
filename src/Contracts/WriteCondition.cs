namespace TekSipCloud.Contracts;

/// <summary>What must hold for a write to be done.</summary>
/// <param name="MustNotExist">Refuse with Conflict when there is one already (a create).</param>
/// <param name="ETag">Refuse with Changed unless this is the current version, with NotFound when there is none; null for no demand.</param>
[GenerateSerializer, Alias("write-condition")]
public sealed record WriteCondition([property: Id(0)] bool MustNotExist = false, [property: Id(1)] string? ETag = null)
{
    /// <summary>Write whatever is there (add or replace).</summary>
    public static WriteCondition None { get; } = new();

    /// <summary>Write only when nothing is there.</summary>
    public static WriteCondition Create { get; } = new(MustNotExist: true);

    /// <summary>Write only over this version.</summary>
    public static WriteCondition IfMatch(string eTag) => new(ETag: eTag);
}
