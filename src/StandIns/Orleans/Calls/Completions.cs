namespace Orleans.Calls;

/// <summary>Turns what grain methods return into one shape.</summary>
internal static class Completions
{
    public static ValueTask<object?> Nothing() => default;

    public static async ValueTask<object?> OfTask(Task task)
    {
        await task;
        return null;
    }

    public static async ValueTask<object?> OfTaskOf<T>(Task<T> task) => await task;

    public static async ValueTask<object?> OfValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    public static async ValueTask<object?> OfValueTaskOf<T>(ValueTask<T> task) => await task;
}
