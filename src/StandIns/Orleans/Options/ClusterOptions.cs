namespace Orleans.Configuration;

/// <summary>Which cluster a silo belongs to. Silos join when both ids agree.</summary>
public class ClusterOptions
{
    public string ClusterId { get; set; } = "default";

    public string ServiceId { get; set; } = "default";
}
