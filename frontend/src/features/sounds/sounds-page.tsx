import { SimpleGrid } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/components/page";
import { soundsQuery } from "./queries";
import { SoundPanel } from "./sound-panel";

const route = getRouteApi("/shell/t/$tenant/sounds");

export function SoundsPage() {
  const { tenant } = route.useParams();
  const { data: sounds } = useSuspenseQuery(soundsQuery(tenant));
  return (
    <Page
      title="Sounds"
      description="The music on hold and the announcements. Whether they are heard stands in the settings."
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {sounds.map((sound) => (
          <SoundPanel key={sound.kind} tenant={tenant} sound={sound} />
        ))}
      </SimpleGrid>
    </Page>
  );
}
