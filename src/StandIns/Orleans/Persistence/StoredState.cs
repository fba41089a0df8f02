namespace Orleans.Storage;

internal sealed record StoredState(object? State, string ETag);
