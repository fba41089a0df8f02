namespace TekSipCloud.Contracts.Tenants;

/// <summary>What becomes of a party's wish that the other one be connected with somebody else (REFER, RFC 3515).</summary>
[GenerateSerializer, Alias("transfer-policy")]
public enum TransferPolicy
{
    /// <summary>The call to the target is made here, with the rights of who transfers; the other party's phone need not know transfers.</summary>
    CarryOut = 0,

    /// <summary>The other party is asked, whose phone calls the target with its own rights.</summary>
    PassThrough = 1,

    /// <summary>Nobody is transferred.</summary>
    Refuse = 2,
}
