using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Copying;

namespace Orleans.Calls;

/// <summary>One method of a grain interface: its rules, its copiers and how it is called.</summary>
internal sealed class GrainMethod
{
    private readonly ParameterInfo[] _parameters;
    private Copier[]? _argumentCopiers;
    private Copier? _resultCopier;

    public GrainMethod(Type grainInterface, MethodInfo method)
    {
        Interface = grainInterface;
        Method = method;
        _parameters = method.GetParameters();
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        AlwaysInterleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        CancellationIndex = Array.FindIndex(_parameters, p => p.ParameterType == typeof(CancellationToken));
        ResultType = Unwrap(method);
        Invoke = CompileInvoke();
    }

    public Type Interface { get; }

    public MethodInfo Method { get; }

    public bool IsReadOnly { get; }

    public bool AlwaysInterleaves { get; }

    public bool IsOneWay { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>The place of the cancellation token among the parameters, or -1.</summary>
    public int CancellationIndex { get; }

    /// <summary>What the method's task yields; null for nothing.</summary>
    public Type? ResultType { get; }

    public Func<object, object?[], ValueTask<object?>> Invoke { get; }

    public object?[] CopyArguments(object?[] arguments, CopyScope scope)
    {
        var copiers = _argumentCopiers ??= Array.ConvertAll(_parameters, CopierOf);
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            copies[i] = copiers[i].IsAtom ? arguments[i] : copiers[i].CopyObject(arguments[i], scope);

        return copies;
    }

    public object? CopyResult(object? result, CopyScope scope)
    {
        if (ResultType is null)
            return null;

        var copier = _resultCopier ??= Copiers.Slot(ResultType);
        return copier.IsAtom ? result : copier.CopyObject(result, scope);
    }

    public override string ToString() => $"{Interface.FullName}.{Method.Name}";

    private static Copier CopierOf(ParameterInfo parameter)
    {
        var slot = Copiers.Slot(parameter.ParameterType);
        return parameter.IsDefined(typeof(ImmutableAttribute)) ? Copiers.AsImmutable(parameter.ParameterType, slot) : slot;
    }

    private static Type? Unwrap(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return null;

        var shape = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return shape == typeof(Task<>) || shape == typeof(ValueTask<>)
            ? type.GetGenericArguments()[0]
            : throw new NotSupportedException($"{method.DeclaringType}.{method.Name} returns {type}, which the embedded grain host can not carry.");
    }

    private Func<object, object?[], ValueTask<object?>> CompileInvoke()
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(target, Method.DeclaringType!),
            Method,
            _parameters.Select((p, i) => Expression.Convert(
                Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        return Expression.Lambda<Func<object, object?[], ValueTask<object?>>>(Awaited(call), target, arguments).Compile();
    }

    private Expression Awaited(Expression call)
    {
        var isTask = typeof(Task).IsAssignableFrom(Method.ReturnType);
        if (Method.ReturnType == typeof(void))
            return Expression.Block(call, Expression.Call(typeof(Completions), nameof(Completions.Nothing), null));

        return ResultType is null
            ? Expression.Call(typeof(Completions), isTask ? nameof(Completions.OfTask) : nameof(Completions.OfValueTask), null, call)
            : Expression.Call(
                typeof(Completions),
                isTask ? nameof(Completions.OfTaskOf) : nameof(Completions.OfValueTaskOf),
                [ResultType],
                call);
    }
}
