namespace Orleans.Runtime;

/// <summary>This silo's names.</summary>
public interface ILocalSiloDetails
{
    string Name { get; }

    string ClusterId { get; }

    string DnsHostName { get; }

    SiloAddress SiloAddress { get; }

    SiloAddress? GatewayAddress { get; }
}
