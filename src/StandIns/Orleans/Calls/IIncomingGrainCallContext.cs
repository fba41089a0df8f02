using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A request on the silo that serves it.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    MethodInfo ImplementationMethod { get; }
}
