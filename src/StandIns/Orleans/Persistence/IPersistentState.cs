using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State given to a grain's constructor, read before the grain is activated.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
