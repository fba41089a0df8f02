using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A request and its outcome.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    object Grain { get; }

    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    object? Result { get; set; }

    /// <summary>Runs the next filter, or the grain's method after the last.</summary>
    Task Invoke();
}
