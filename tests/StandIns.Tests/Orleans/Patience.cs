namespace TekSipCloud.StandIns.Tests.Orleans;

/// <summary>How long a test waits before it gives up.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task Soon(this ValueTask task) => task.AsTask().Soon();

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();
}
