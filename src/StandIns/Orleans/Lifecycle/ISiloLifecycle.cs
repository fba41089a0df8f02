namespace Orleans.Runtime;

/// <summary>The silo's lifecycle: started upwards, stopped downwards.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    int HighestCompletedStage { get; }

    int LowestStoppedStage { get; }
}
