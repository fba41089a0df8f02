using Orleans.Serialization.Invocation;

namespace Orleans.Silos;

/// <summary>The grain class's answer to whether a request may interleave.</summary>
internal delegate bool InterleavingPredicate(object grain, IInvokable request);
