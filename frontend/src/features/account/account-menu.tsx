import { ActionIcon, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "@tanstack/react-router";
import { CircleUserRound, KeyRound, LogOut } from "lucide-react";
import { useSession } from "@/lib/session";
import { ChangePasswordDrawer } from "./change-password-drawer";
import { ColorSchemeItems } from "./color-scheme-items";
import { useSignOut } from "./queries";

const roles = {
  operator: "Operator: every tenant",
  tenantAdmin: "Tenant administrator",
  viewer: "Viewer: may look, not change",
} as const;

export function AccountMenu() {
  const { username, role } = useSession();
  const [changing, password] = useDisclosure(false);
  const router = useRouter();
  const signOut = useSignOut();
  const leave = () => signOut.mutate(undefined, { onSuccess: () => router.invalidate() });

  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label="Account and appearance">
            <CircleUserRound size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text fw={600} size="sm" c="var(--mantine-color-text)">
              {username}
            </Text>
            {roles[role]}
          </Menu.Label>
          <Menu.Divider />
          <ColorSchemeItems />
          <Menu.Divider />
          <Menu.Item leftSection={<KeyRound size={16} />} onClick={password.open}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<LogOut size={16} />} onClick={leave}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangePasswordDrawer onClose={password.close} />}
    </>
  );
}
