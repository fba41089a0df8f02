import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { CloudAlert, RotateCw } from "lucide-react";
import { messageOf } from "@/lib/api-error";

interface ErrorPanelProps {
  error: unknown;
  onRetry: () => void;
}

export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  return (
    <Paper p="xl" role="alert" bg="var(--ts-surface)">
      <Group align="flex-start" wrap="nowrap">
        <CloudAlert size={28} color="var(--ts-bad)" aria-hidden="true" />
        <Stack gap="xs" align="flex-start">
          <Title order={1}>This page could not be shown</Title>
          <Text size="sm">{messageOf(error)}</Text>
          <Button leftSection={<RotateCw size={16} />} onClick={onRetry} mt="xs">
            Try again
          </Button>
        </Stack>
      </Group>
    </Paper>
  );
}
