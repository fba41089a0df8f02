import type { Schema } from "./schema";

const storedTenant = "teksip.tenant";

export const rememberTenant = (tenant: string) => localStorage.setItem(storedTenant, tenant);

/** Made by `./run --demo`, for who wants to see the console with something in it. */
const demoTenant = "demo";

/** The tenant to begin with: the one seen last, if it is still there. */
export function homeTenant(
  { tenant, tenants }: Pick<Schema<"Session">, "tenant" | "tenants">,
  last: string | null = localStorage.getItem(storedTenant),
): string | undefined {
  const find = (wanted: string | null) => tenants.find(({ id }) => id === wanted)?.id;
  return find(last) ?? tenant ?? find(demoTenant) ?? tenants[0]?.id;
}
