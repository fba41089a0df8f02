import { Paper, Skeleton, Stack } from "@mantine/core";

const rows = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function PageSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={28} w={200} />
      <Paper p="md" bg="var(--ts-surface)">
        <Stack gap="sm">
          {rows.map((row) => (
            <Skeleton key={row} h={24} />
          ))}
        </Stack>
      </Paper>
    </Stack>
  );
}
