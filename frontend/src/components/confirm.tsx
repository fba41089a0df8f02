import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";

interface Question {
  title: string;
  /** Names what is lost. */
  loss: ReactNode;
  /** The verb on the button. */
  verb: string;
  onConfirm: () => void;
}

/** Asks before something is lost. The button that keeps everything has the focus. */
export function confirmLoss({ title, loss, verb, onConfirm }: Question) {
  modals.openConfirmModal({
    title,
    children: (
      <Text size="sm" component="div">
        {loss}
      </Text>
    ),
    labels: { confirm: verb, cancel: "Keep" },
    confirmProps: { color: "red.9", variant: "filled" },
    cancelProps: { "data-autofocus": true },
    onConfirm,
  });
}
