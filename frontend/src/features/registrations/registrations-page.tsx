import { Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RadioTower, SearchX, Unplug } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { SearchField } from "@/components/search-field";
import { useMayChange } from "@/lib/session";
import { registrationsQuery, useClearRegistration } from "./queries";
import type { Registration } from "./registration";
import { registrationColumns } from "./registration-columns";

const route = getRouteApi("/shell/t/$tenant/registrations");

export function RegistrationsPage() {
  const { tenant } = route.useParams();
  const { prefix, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(registrationsQuery(tenant, { prefix, cursor }));
  const mayChange = useMayChange();
  const clear = useClearRegistration(tenant);

  const askClear = (registration: Registration) =>
    confirmLoss({
      title: `Clear this registration of ${registration.username}?`,
      loss: `${registration.userAgent || registration.contact} cannot be called until it registers again by itself, which may take as long as its registration was to last.`,
      verb: "Clear",
      onConfirm: () => clear.mutate(registration),
    });

  return (
    <Page
      title="Registrations"
      description="Devices that can be called now, one line each."
      actions={
        <SearchField
          label="Search by extension"
          value={prefix ?? ""}
          onSearch={(text) => navigate({ search: { prefix: text || undefined }, replace: true })}
        />
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Registrations"
          columns={registrationColumns}
          rows={page.items}
          rowKey={({ username, contact }) => `${username} ${contact}`}
          actions={
            mayChange
              ? (row) => (
                  <RowAction
                    label={`Clear the registration of ${row.username} at ${row.address}`}
                    icon={Unplug}
                    danger
                    onClick={() => askClear(row)}
                  />
                )
              : undefined
          }
          empty={<NoRegistrations prefix={prefix} />}
        />
        <Pager
          key={prefix}
          noun="registrations"
          count={page.items.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { prefix, cursor: next } })}
        />
      </Paper>
    </Page>
  );
}

function NoRegistrations({ prefix }: { prefix: string | undefined }) {
  if (prefix) {
    return (
      <EmptyState icon={SearchX} title={`Nothing registered begins with ${prefix}`}>
        Clear the search to see all registrations.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={RadioTower} title="No device is registered">
      Enter an extension's username and password in a phone, with the SIP domain and address that
      the overview shows. It appears here at once.
    </EmptyState>
  );
}
