import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/components/page";
import { useMayChange } from "@/lib/session";
import { ApiKeysPanel } from "./api-keys-panel";
import { ApiPasswordPanel } from "./api-password-panel";
import { settingsQuery } from "./queries";
import { SettingsPanel } from "./settings-panel";

const route = getRouteApi("/shell/t/$tenant/settings");

export function SettingsPage() {
  const { tenant } = route.useParams();
  const { data: tagged } = useSuspenseQuery(settingsQuery(tenant));
  const mayChange = useMayChange();
  return (
    <Page title="Settings" description="They apply to the next request; nothing is restarted.">
      <SettingsPanel key={tagged.eTag} tenant={tenant} tagged={tagged} />
      {mayChange && <ApiKeysPanel tenant={tenant} />}
      {mayChange && <ApiPasswordPanel key={`api ${tenant}`} tenant={tenant} />}
    </Page>
  );
}
