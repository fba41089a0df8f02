import { Group, Select, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Building2 } from "lucide-react";
import { useSession } from "@/lib/session";
import { useTenant } from "./use-tenant";

/** Whose pages are shown; with more than one tenant, a choice. */
export function TenantSwitch() {
  const { tenants } = useSession();
  const tenant = useTenant();
  const navigate = useNavigate();
  const current = tenants.find(({ id }) => id === tenant);

  if (tenants.length < 2) {
    return (
      <Group gap={8} wrap="nowrap" miw={0}>
        <Building2 size={16} aria-hidden="true" />
        <Text fw={500} size="sm" truncate>
          {current?.name ?? tenant ?? "No tenant yet"}
        </Text>
      </Group>
    );
  }

  return (
    <Select
      aria-label="Tenant"
      data={tenants.map(({ id, name }) => ({ value: id, label: name || id }))}
      value={tenant ?? null}
      searchable={tenants.length > 8}
      allowDeselect={false}
      limit={50}
      leftSection={<Building2 size={16} aria-hidden="true" />}
      onChange={(id) => id && navigate({ to: "/t/$tenant", params: { tenant: id } })}
      w={{ base: 170, xs: 220, sm: 280 }}
    />
  );
}
