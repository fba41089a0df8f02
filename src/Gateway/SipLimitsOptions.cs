using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <summary>What a peer may send and hold: per element, per message, per source and in all. Section <c>Sip:Limits</c>.</summary>
/// <remarks>Where each default comes from is in the operations page and at the member of the record that it becomes.</remarks>
public sealed class SipLimitsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sip:Limits";

    private static readonly SipLimits Messages = SipLimits.Default;
    private static readonly SipTransportOptions Transports = new();
    private static readonly TransactionBounds Transactions = new();

    /// <inheritdoc cref="SipLimits.MaxMessageBytes"/>
    [Range(1_300, 1 << 24)]
    public int MaxMessageBytes { get; set; } = Messages.MaxMessageBytes;

    /// <inheritdoc cref="SipLimits.MaxBodyBytes"/>
    [Range(0, 1 << 24)]
    public int MaxBodyBytes { get; set; } = Messages.MaxBodyBytes;

    /// <inheritdoc cref="SipLimits.MaxHeaderLines"/>
    [Range(16, 10_000)]
    public int MaxHeaderLines { get; set; } = Messages.MaxHeaderLines;

    /// <inheritdoc cref="SipLimits.MaxLineBytes"/>
    [Range(256, 65_535)]
    public int MaxLineBytes { get; set; } = Messages.MaxLineBytes;

    /// <inheritdoc cref="SipLimits.MaxStartLineBytes"/>
    [Range(256, 65_535)]
    public int MaxStartLineBytes { get; set; } = Messages.MaxStartLineBytes;

    /// <inheritdoc cref="SipLimits.MaxIdentifierBytes"/>
    [Range(128, 8_192)]
    public int MaxIdentifierBytes { get; set; } = Messages.MaxIdentifierBytes;

    /// <inheritdoc cref="SipTransportOptions.MaxConnections"/>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = Transports.MaxConnections;

    /// <inheritdoc cref="SipTransportOptions.MaxConnectionsPerAddress"/>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = Transports.MaxConnectionsPerAddress;

    /// <inheritdoc cref="SipTransportOptions.FirstMessageTimeout"/>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan FirstMessageTimeout { get; set; } = Transports.FirstMessageTimeout;

    /// <inheritdoc cref="SipTransportOptions.MessageTimeout"/>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan MessageTimeout { get; set; } = Transports.MessageTimeout;

    /// <inheritdoc cref="SipTransportOptions.IdleTimeout"/>
    // No shorter than what Flow-Timer tells phones (RFC 5626 §4.4.1), and time for their keep-alive to arrive.
    [DurationRange("00:02:30", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = Transports.IdleTimeout;

    /// <inheritdoc cref="SipTransportOptions.WriteTimeout"/>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan WriteTimeout { get; set; } = Transports.WriteTimeout;

    /// <inheritdoc cref="SipTransportOptions.MaxQueuedBytes"/>
    [Range(1 << 16, 1 << 28)]
    public int MaxQueuedBytes { get; set; } = Transports.MaxQueuedBytes;

    /// <summary>Requests of strangers that may wait for a read from a grain, for each signalling loop; more get 503. Default 5,000: a read
    /// takes milliseconds, so this is seconds of full load.</summary>
    [Range(1, 1_000_000)]
    public int MaxReads { get; set; } = 5_000;

    /// <summary>Of <see cref="MaxReads"/> from one address. Default 250: whoever makes up names by the thousand leaves the others'
    /// reads alone.</summary>
    [Range(1, 1_000_000)]
    public int MaxReadsPerAddress { get; set; } = 250;

    /// <inheritdoc cref="TransactionBounds.MaxServers"/>
    [Range(100, 10_000_000)]
    public int MaxTransactions { get; set; } = Transactions.MaxServers;

    /// <inheritdoc cref="TransactionBounds.MaxFinishedBytes"/>
    [Range(1L << 20, 1L << 36)]
    public long MaxFinishedBytes { get; set; } = Transactions.MaxFinishedBytes;

    /// <summary>What each signalling loop may hold of transactions.</summary>
    public TransactionBounds ToTransactionBounds() => new() { MaxServers = MaxTransactions, MaxFinishedBytes = MaxFinishedBytes };

    /// <summary>The limits of the parser.</summary>
    public SipLimits ToMessageLimits() => new()
    {
        MaxMessageBytes = MaxMessageBytes,
        MaxBodyBytes = MaxBodyBytes,
        MaxHeaderLines = MaxHeaderLines,
        MaxLineBytes = MaxLineBytes,
        MaxStartLineBytes = MaxStartLineBytes,
        MaxIdentifierBytes = MaxIdentifierBytes,
    };

    /// <summary>The limits of connections put into transport options.</summary>
    public SipTransportOptions Bound(ConnectionBudget connections, SipTransportOptions options) => options with
    {
        MaxConnections = connections.Sip,
        MaxConnectionsPerAddress = connections.SipPerAddress,
        FirstMessageTimeout = FirstMessageTimeout,
        MessageTimeout = MessageTimeout,
        IdleTimeout = IdleTimeout,
        WriteTimeout = WriteTimeout,
        MaxQueuedBytes = MaxQueuedBytes,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxLineBytes > MaxMessageBytes || MaxStartLineBytes > MaxMessageBytes)
            yield return new ValidationResult($"{Section}: a line can't be longer than a message.", [nameof(MaxLineBytes)]);
        if (MaxConnectionsPerAddress > MaxConnections)
            yield return new ValidationResult($"{Section}: one address can't have more connections than all.", [nameof(MaxConnectionsPerAddress)]);
        if (MaxReadsPerAddress > MaxReads)
            yield return new ValidationResult($"{Section}: one address can't have more reads than all.", [nameof(MaxReadsPerAddress)]);
    }
}
