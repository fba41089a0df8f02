import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { EmptyState } from "@/components/empty-state";

export function MissingPage() {
  return (
    <EmptyState icon={MapPinOff} title="There is no such page">
      The address may be mistyped, or what it showed is gone. Go to the{" "}
      <Anchor component={Link} to="/">
        overview
      </Anchor>
      .
    </EmptyState>
  );
}
