import { Group, Paper, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

interface PanelProps {
  title: string;
  actions?: ReactNode;
  /** Without inner space, for tables that reach the border. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, actions, flush = false, children }: PanelProps) {
  const heading = useId();
  return (
    <Paper component="section" aria-labelledby={heading} className={classes.panel}>
      <Group justify="space-between" className={classes.head} gap="xs">
        <Title order={2} id={heading}>
          {title}
        </Title>
        {actions}
      </Group>
      <div className={flush ? undefined : classes.body}>{children}</div>
    </Paper>
  );
}
