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
      description="Who may send us anything at all. IP filters apply from the next request on; the quarantine is kept and listed, not enforced yet."
    >
      <FiltersPanel tenant={tenant} />
      <QuarantinePanel tenant={tenant} />
    </Page>
  );
}
