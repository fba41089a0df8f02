namespace Orleans;

/// <summary>The cluster as seen from outside the grains.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
