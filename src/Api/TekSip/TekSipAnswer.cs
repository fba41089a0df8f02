namespace TekSipCloud.Api.TekSip;

/// <summary>The answer to every operation that is not a list.</summary>
internal sealed record TekSipAnswer(int Operation, bool Success, string Message)
{
    public static TekSipAnswer Done(TekSipOperation operation, string message) => new((int)operation, true, message);

    public static TekSipAnswer Refused(TekSipOperation operation, string message) => new((int)operation, false, message);
}
