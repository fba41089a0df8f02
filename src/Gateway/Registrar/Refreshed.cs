namespace TekSipCloud.Gateway.Registrar;

/// <summary>What became of a REGISTER that the gateway tried to answer for the grain.</summary>
internal enum Refreshed
{
    /// <summary>The grain must decide.</summary>
    No,

    /// <summary>The binding lasts longer.</summary>
    Extended,

    /// <summary>It was answered before: the same answer, and nothing changes.</summary>
    Repeated,
}
