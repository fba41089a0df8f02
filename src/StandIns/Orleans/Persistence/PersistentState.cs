namespace Orleans.Persistence;

/// <summary>A stored state that is read before its grain is activated.</summary>
internal abstract class PersistentState
{
    public abstract Task ReadStateAsync();
}
