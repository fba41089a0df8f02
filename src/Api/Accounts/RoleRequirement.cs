using Microsoft.AspNetCore.Authorization;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Api.Accounts;

/// <summary>Demands at least this role.</summary>
internal sealed record RoleRequirement(Role Minimum) : IAuthorizationRequirement;
