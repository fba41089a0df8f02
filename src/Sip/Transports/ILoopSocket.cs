namespace TekSipCloud.Sip.Transports;

/// <summary>A socket that a signalling loop waits on. Everything here is called on that loop.</summary>
internal interface ILoopSocket
{
    int Descriptor { get; }

    /// <summary>
    /// Something came, or an error waits: takes what there is, up to a bound, since timers and other work have their turn too. False when something may
    /// be left.
    /// </summary>
    bool OnReady(bool hasError);

    /// <summary>Sends what was gathered; called before the loop waits.</summary>
    void Flush();
}
