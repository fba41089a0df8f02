using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace TekSipCloud.Grains;

/// <summary>
/// A grain whose write failed leaves memory: whether storage took it is not known, so the next call reads what is
/// there.
/// </summary>
internal sealed partial class WriteFaultFilter(ILogger<WriteFaultFilter> logger) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (IsOurs(context, out var grain))
        {
            LogDeactivated(fault, grain.GrainContext.GrainId, context.MethodName);
            grain.DeactivateOnIdle();
            throw;
        }
    }

    private static bool IsOurs(IIncomingGrainCallContext context, out IGrainBase grain)
    {
        grain = (context.Grain as IGrainBase)!;
        return grain is not null
            && grain.GetType().Assembly == typeof(WriteFaultFilter).Assembly
            && context.InterfaceMethod?.GetCustomAttribute<ReadOnlyAttribute>() is null;
    }

    [LoggerMessage(3001, LogLevel.Error, "{Grain} failed in {Method} and leaves memory")]
    private partial void LogDeactivated(Exception fault, GrainId grain, string method);
}
