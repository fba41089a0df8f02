import { z } from "zod";
import { formList, formName, formSwitch, formText } from "@/lib/form";
import type { Schema } from "@/lib/schema";

export type Tenant = Schema<"Tenant">;

const domains = formList.pipe(
  z
    .array(z.string().max(255, "At most 255 characters each."))
    .min(1, "At least one SIP domain is needed."),
);

export const newTenantSchema = z.object({
  id: formName(32).regex(/^[a-z0-9-]+$/, "Only a to z, 0 to 9 and the hyphen."),
  name: formText(100),
  domains,
});

export const tenantChangeSchema = z
  .object({
    name: formName(100),
    domains,
    originationDomains: formList,
    enabled: formSwitch,
  })
  .refine(
    ({ domains, originationDomains }) =>
      originationDomains.every((domain) => domains.includes(domain)),
    { path: ["originationDomains"], message: "Only domains of the tenant can be chosen." },
  );

export type NewTenant = z.output<typeof newTenantSchema>;
export type TenantChange = z.output<typeof tenantChangeSchema>;
