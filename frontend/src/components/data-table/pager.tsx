import { Button, Group, Text } from "@mantine/core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";

interface PagerProps {
  /** What the pages hold, in a plural that only adds an s. */
  noun: string;
  count: number;
  /** Where the shown page begins; undefined for the first. */
  cursor: string | undefined;
  /** Where the next page begins; null on the last. */
  next: string | null;
  onMove: (cursor: string | undefined) => void;
}

/** Forward by the server's cursors, backward by those already seen. */
export function Pager({ noun, count, cursor, next, onMove }: PagerProps) {
  const [seen, setSeen] = useState<readonly (string | undefined)[]>([]);
  if (count === 0 || (cursor === undefined && next === null))
    return <CountLine {...{ noun, count }} />;

  const forward = () => {
    setSeen([...seen, cursor]);
    onMove(next ?? undefined);
  };
  // After a reload the pages before are not known: back is then the first page.
  const backward = () => {
    setSeen(seen.slice(0, -1));
    onMove(seen.at(-1));
  };

  return (
    <Group justify="space-between" px="md" py="xs">
      <Text size="sm" c="dimmed">
        {counted(count, noun)} on this page
      </Text>
      <Group gap="xs" component="nav" aria-label={`Pages of ${noun}`}>
        <Button
          variant="default"
          size="xs"
          leftSection={<ChevronLeft size={14} />}
          disabled={cursor === undefined}
          onClick={backward}
        >
          Previous
        </Button>
        <Button
          variant="default"
          size="xs"
          rightSection={<ChevronRight size={14} />}
          disabled={next === null}
          onClick={forward}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}

function CountLine({ noun, count }: { noun: string; count: number }) {
  if (count === 0) return null;
  return (
    <Text size="sm" c="dimmed" px="md" py="xs">
      {counted(count, noun)}
    </Text>
  );
}

const counted = (count: number, noun: string) =>
  `${count} ${count === 1 ? noun.slice(0, -1) : noun}`;
