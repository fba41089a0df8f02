import { Alert } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface NoticeProps {
  /** `alert` interrupts who listens to the page, `status` waits. */
  role: "alert" | "status";
  color: "red" | "orange";
  icon: LucideIcon;
  children: ReactNode;
}

export function Notice({ role, color, icon: Icon, children }: NoticeProps) {
  return (
    <Alert
      role={role}
      variant="light"
      color={color}
      icon={<Icon size={18} />}
      mb="md"
      styles={{ message: { color: "var(--mantine-color-text)" } }}
    >
      {children}
    </Alert>
  );
}
