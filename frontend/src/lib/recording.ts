import type { Schema } from "./schema";

export type Recording = Schema<"Recording">;

/** Where a recording is heard; the browser fetches the parts it plays. */
export const audioOf = (tenant: string, id: string) =>
  `/api/v1/tenants/${encodeURIComponent(tenant)}/recordings/${encodeURIComponent(id)}/audio`;
