import { Button, Group, TextInput } from "@mantine/core";
import { X } from "lucide-react";
import { SearchField } from "@/components/search-field";
import type { HistoryFilter } from "./history-search";

interface HistoryFiltersProps {
  filter: HistoryFilter;
  onFilter: (filter: HistoryFilter) => void;
}

export function HistoryFilters({ filter, onFilter }: HistoryFiltersProps) {
  const { from, to, number } = filter;
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label="Filter the calls">
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
