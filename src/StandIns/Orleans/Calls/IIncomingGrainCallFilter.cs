namespace Orleans;

/// <summary>Runs around each request, on the silo that serves it.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
