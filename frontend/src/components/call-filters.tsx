import { Button, Group, TextInput } from "@mantine/core";
import { X } from "lucide-react";
import { SearchField } from "@/components/search-field";
import type { CallFilter } from "@/lib/call-filter";

interface CallFiltersProps {
  /** What the bar is for, to those who do not see it. */
  label: string;
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
}

export function CallFilters({ label, filter, onFilter }: CallFiltersProps) {
  const { from, to, number } = filter;
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label={label}>
      <TextInput
        type="date"
        label="From"
        value={from ?? ""}
        max={to}
        onChange={(event) => onFilter({ ...filter, from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="To"
        value={to ?? ""}
        min={from}
        onChange={(event) => onFilter({ ...filter, to: event.currentTarget.value || undefined })}
      />
      <SearchField
        label="Extension or number"
        value={number ?? ""}
        onSearch={(text) => onFilter({ ...filter, number: text || undefined })}
      />
      {(from || to || number) && (
        <Button variant="subtle" leftSection={<X size={15} />} onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
    </Group>
  );
}
