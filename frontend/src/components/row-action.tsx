import { ActionIcon, Tooltip } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import classes from "./row-action.module.css";

interface RowActionProps {
  /** The verb and what it concerns: `Edit 1001`. */
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  onClick: () => void;
}

export function RowAction({ label, icon: Icon, danger = false, onClick }: RowActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="md"
        aria-label={label}
        onClick={onClick}
        className={classes.action}
        data-danger={danger}
      >
        <Icon size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
