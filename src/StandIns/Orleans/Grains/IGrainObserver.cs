using Orleans.Runtime;

namespace Orleans;

/// <summary>Every observer interface: an object outside the grains that grains may call.</summary>
public interface IGrainObserver : IAddressable;
