using System.Reflection;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Calls;

/// <summary>The base of emitted references: sends the numbered method and its arguments.</summary>
internal abstract class InterfaceReference(GrainId grainId, Silo silo, Type grainInterface, GrainMethod[] methods)
    : GrainReference(grainId, silo)
{
    public Type Interface { get; } = grainInterface;

    /// <summary>The method below that sends a request whose answer has this type.</summary>
    public static MethodInfo SenderOf(Type returnType)
    {
        var name = returnType == typeof(void) ? nameof(Tell)
            : returnType == typeof(Task) ? nameof(AskTask)
            : returnType == typeof(ValueTask) ? nameof(AskValueTask)
            : returnType.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(AskTaskOf)
            : nameof(AskValueTaskOf);
        var sender = typeof(InterfaceReference).GetMethod(name, BindingFlags.Instance | BindingFlags.Public)!;
        return returnType.IsGenericType ? sender.MakeGenericMethod(returnType.GetGenericArguments()) : sender;
    }

    public void Tell(int method, object?[] arguments) => _ = Ask<object?>(method, arguments);

    public Task AskTask(int method, object?[] arguments) => Ask<object?>(method, arguments);

    public Task<T> AskTaskOf<T>(int method, object?[] arguments) => Ask<T>(method, arguments);

    public ValueTask AskValueTask(int method, object?[] arguments) => new(Ask<object?>(method, arguments));

    public ValueTask<T> AskValueTaskOf<T>(int method, object?[] arguments) => new(Ask<T>(method, arguments));

    private Task<T> Ask<T>(int method, object?[] arguments)
    {
        var call = new Call<T>(methods[method], arguments, GrainId, Silo, Activation.Current);
        if (call.IsCancelledAlready(out var token))
            return Task.FromCanceled<T>(token);

        Silo.Send(call);
        return call.Answer;
    }
}
