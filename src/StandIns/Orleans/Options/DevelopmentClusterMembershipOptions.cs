using System.Net;

namespace Orleans.Configuration;

/// <summary>The silo that the others of a development cluster join.</summary>
public class DevelopmentClusterMembershipOptions
{
    public IPEndPoint? PrimarySiloEndpoint { get; set; }
}
