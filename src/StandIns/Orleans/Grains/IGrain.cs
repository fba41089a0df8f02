using Orleans.Runtime;

namespace Orleans;

/// <summary>Every grain interface.</summary>
public interface IGrain : IAddressable;
