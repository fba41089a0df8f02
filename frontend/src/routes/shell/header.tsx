import { Burger, Group } from "@mantine/core";
import { AccountMenu } from "@/features/account/account-menu";
import { TenantSwitch } from "./tenant-switch";

interface HeaderProps {
  menuOpen: boolean;
  onMenu: () => void;
}

export function Header({ menuOpen, onMenu }: HeaderProps) {
  return (
    <Group justify="space-between" wrap="nowrap" w="100%" gap="xs">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <Burger
          opened={menuOpen}
          onClick={onMenu}
          hiddenFrom="sm"
          size="sm"
          aria-label="Open the menu"
        />
        <TenantSwitch />
      </Group>
      <AccountMenu />
    </Group>
  );
}
