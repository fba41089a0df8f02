using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A request as seen by call filters and interleaving predicates.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();

    Type GetInterfaceType();
}
