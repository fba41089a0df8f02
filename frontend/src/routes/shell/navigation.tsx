import { CloseButton, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { LogoMark } from "@/components/logo";
import { useSession } from "@/lib/session";
import { operatorPages, tenantPages } from "./pages";
import classes from "./shell.module.css";
import { useTenant } from "./use-tenant";

interface NavigationProps {
  /** Called when a page was chosen, or none: on a narrow screen the menu covers the page. */
  onLeave: () => void;
}

export function Navigation({ onLeave }: NavigationProps) {
  const tenant = useTenant();
  const { role } = useSession();

  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Link to="/" className={classes.brand} onClick={onLeave}>
          <LogoMark />
          <div>
            TekSIP <span>Cloud</span>
          </div>
        </Link>
        <CloseButton
          hiddenFrom="sm"
          variant="transparent"
          c="white"
          aria-label="Close the menu"
          onClick={onLeave}
        />
      </Group>
      {tenant && <TenantPages tenant={tenant} onLeave={onLeave} />}
      {role === "operator" && <OperatorPages onLeave={onLeave} />}
    </>
  );
}

function TenantPages({ tenant, onLeave }: NavigationProps & { tenant: string }) {
  return tenantPages.map((group) => (
    <div key={group.label}>
      <div className={classes.group}>{group.label}</div>
      <ul className={classes.links}>
        {group.pages.map(({ label, to, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ tenant }}
              className={classes.link}
              onClick={onLeave}
              activeOptions={{ exact: to === "/t/$tenant", includeSearch: false }}
            >
              <Icon size={17} strokeWidth={1.75} aria-hidden="true" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}

function OperatorPages({ onLeave }: NavigationProps) {
  return (
    <div>
      <div className={classes.group}>Operator</div>
      <ul className={classes.links}>
        {operatorPages.map(({ label, to, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.link}
              onClick={onLeave}
              activeOptions={{ includeSearch: false }}
            >
              <Icon size={17} strokeWidth={1.75} aria-hidden="true" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
