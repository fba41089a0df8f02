using Microsoft.Extensions.Logging;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Gateway.Admission;
using TekSipCloud.Gateway.Calls;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Registrar;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Gateway.Trunks;
using TekSipCloud.Media.Relay;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway;

/// <summary>What the signalling loops share: thread-safe parts only.</summary>
internal sealed record GatewayContext(
    NodeIdentity Node,
    GatewayOptions Options,
    SipLimitsOptions Limits,
    TimeProvider Clock,
    IGrainFactory Grains,
    IIdSource Ids,
    NodeToken Token,
    NonceSource Nonces,
    GatewayReceiver Receiver,
    RequestAdmission Admission,
    SourceGate Sources,
    TenantViews Tenants,
    NodeRegistrations Registrations,
    RefreshDesk Refreshes,
    GatewayCounters Counters,
    CallOutbox Outbox,
    CallTable Calls,
    FlowFinder Flows,
    ISipFlows Transports,
    ISipResolver Resolver,
    PenaltyBox Penalties,
    LargeRequests LargeRequests,
    ISecretProtector Secrets,
    IEventLog Events,
    MediaRelay Relay,
    ILoggerFactory Loggers);
