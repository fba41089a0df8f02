using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace TekSipCloud.Api.Tests;

/// <summary>Stands where a test needs nothing: every call fails as if what is behind were away.</summary>
[SuppressMessage("Performance", "CA1852", Justification = Derived)]
[SuppressMessage("Design", "MA0053", Justification = Derived)]
internal class AbsentService : DispatchProxy
{
    private const string Derived = "DispatchProxy derives from it at run time.";

    public static T Create<T>()
        where T : class => Create<T, AbsentService>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new TimeoutException($"{targetMethod?.DeclaringType?.Name}.{targetMethod?.Name} is away.");
}
