import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/components/page";
import { FiltersPanel } from "./filters-panel";
import { QuarantinePanel } from "./quarantine-panel";

const route = getRouteApi("/shell/t/$tenant/security");

export function SecurityPage() {
  const { tenant } = route.useParams();
  return (
    <Page
      title="Security"
      description="Who may send us anything at all. Kept and listed, not enforced yet: until then, use a firewall."
    >
      <FiltersPanel tenant={tenant} />
      <QuarantinePanel tenant={tenant} />
    </Page>
  );
}
