import { Text } from "@mantine/core";
import type { CallParty } from "@/lib/call";

/** A side of a call: its number, and who that is. */
export function Party({ party }: { party: CallParty }) {
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      {party.number || "Anonymous"}
      {party.name && (
        <Text span size="sm" c="dimmed" fw={400} ml={6}>
          {party.name}
        </Text>
      )}
    </span>
  );
}
