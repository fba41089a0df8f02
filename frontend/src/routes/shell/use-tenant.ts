import { useParams } from "@tanstack/react-router";
import { homeTenant } from "@/lib/home-tenant";
import { useSession } from "@/lib/session";

/** The tenant in the URL; on pages without one, the tenant seen last. */
export function useTenant(): string | undefined {
  const { tenant } = useParams({ strict: false });
  const session = useSession();
  return tenant ?? homeTenant(session);
}
