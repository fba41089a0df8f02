namespace TekSipCloud.Gateway.Calls;

/// <summary>What a REFER makes of a call while it is carried out: one at a time.</summary>
internal interface ITransfer
{
    /// <summary>Whether it has been carried out, or has failed.</summary>
    bool IsDone { get; }

    /// <summary>Whether that party may hang up, and the other one stays until it is known what comes of the transfer.</summary>
    bool Outlives(CallLeg leg);

    /// <summary>The call is over, whether the transfer is done or not.</summary>
    void OnCallOver();
}
