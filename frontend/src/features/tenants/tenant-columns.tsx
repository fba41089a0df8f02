import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { formatDateTime } from "@/lib/format";
import type { Tenant } from "./tenant";

export const tenantColumns: readonly Column<Tenant>[] = [
  {
    header: "Tenant",
    primary: true,
    cell: ({ id, name }) => (
      <Anchor
        size="sm"
        fw={600}
        renderRoot={(props) => <Link to="/t/$tenant" params={{ tenant: id }} {...props} />}
      >
        {name || id}
      </Anchor>
    ),
  },
  { header: "Id", cell: ({ id }) => id },
  { header: "SIP domains", cell: ({ domains }) => domains.join(", ") },
  { header: "Realm", minor: true, cell: ({ realm }) => realm },
  {
    header: "Status",
    cell: ({ enabled }) =>
      enabled ? <Status tone="good">Enabled</Status> : <Status tone="bad">Disabled</Status>,
  },
  { header: "Made", minor: true, cell: ({ created }) => formatDateTime(created) },
];
