namespace TekSipCloud.Sip.Transports.WebSockets;

/// <summary>Why a WebSocket is closed (RFC 6455 §7.4.1).</summary>
internal enum WebSocketCloseCode : ushort
{
    /// <summary>Nothing is wrong and nothing is left to be closed with.</summary>
    None = 0,

    Normal = 1000,

    /// <summary>This side stops, or closes the flow.</summary>
    GoingAway = 1001,

    ProtocolError = 1002,

    /// <summary>A text message that is no UTF-8.</summary>
    InvalidContent = 1007,

    MessageTooBig = 1009,
}
