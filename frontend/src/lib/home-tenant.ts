import type { Schema } from "./schema";

const storedTenant = "teksip.tenant";

export const rememberTenant = (tenant: string) => localStorage.setItem(storedTenant, tenant);

/** The tenant to begin with: the one seen last, if it is still there. */
export function homeTenant(
  { tenant, tenants }: Pick<Schema<"Session">, "tenant" | "tenants">,
  last: string | null = localStorage.getItem(storedTenant),
): string | undefined {
  return tenants.find(({ id }) => id === last)?.id ?? tenant ?? tenants[0]?.id;
}
