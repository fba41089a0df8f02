namespace Orleans.Core;

/// <summary>A grain's handle on one stored state and its value.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
