using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>State was written against an ETag that is no longer the stored one.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException() { }

    public InconsistentStateException(string message) : base(message) { }

    public InconsistentStateException(string message, Exception innerException) : base(message, innerException) { }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null) { }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException) { }

    [Id(1)]
    public string? StoredEtag { get; private set; }

    [Id(2)]
    public string? CurrentEtag { get; private set; }

    /// <summary>Whether the activation that wrote is still to be ended.</summary>
    [Id(0)]
    internal bool IsSourceActivation { get; set; } = true;
}
