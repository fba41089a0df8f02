namespace TekSipCloud.Contracts.Nodes;

/// <summary>Tells which UDP ports this process takes RTP on.</summary>
public interface IMediaPorts
{
    /// <summary>The lowest and the highest.</summary>
    (int First, int Last) Range { get; }
}
