namespace TekSipCloud.Sip.Transactions;

/// <summary>One posted piece of work: a static callback and what it needs, so that posting allocates nothing.</summary>
internal readonly record struct LoopWork(Action<object?, object?> Callback, object? State, object? State2);
