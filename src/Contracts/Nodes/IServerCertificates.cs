using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>Tells what this process shows to those who connect by TLS.</summary>
public interface IServerCertificates
{
    /// <summary>Every certificate in use now, by source.</summary>
    ImmutableArray<ServerCertificate> All { get; }
}
