import { Grid, SimpleGrid } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/components/page";
import { CallChartPanel } from "./call-chart-panel";
import { ConnectPanel } from "./connect-panel";
import { CountersPanel } from "./counters-panel";
import { Headlines } from "./headlines";
import { PresentCalls, RecentCalls, RecentEvents } from "./recent-panels";

const route = getRouteApi("/shell/t/$tenant/");

export function OverviewPage() {
  const { tenant } = route.useParams();
  const { range = "24h" } = route.useSearch();
  const navigate = route.useNavigate();

  return (
    <Page title="Overview">
      <Headlines tenant={tenant} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <CallChartPanel
            tenant={tenant}
            range={range}
            onRange={(next) =>
              navigate({ search: { range: next }, replace: true, resetScroll: false })
            }
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <ConnectPanel tenant={tenant} />
        </Grid.Col>
      </Grid>
      <SimpleGrid cols={{ base: 1, lg: 3 }} spacing="md">
        <PresentCalls tenant={tenant} />
        <RecentCalls tenant={tenant} />
        <RecentEvents tenant={tenant} />
      </SimpleGrid>
      <CountersPanel tenant={tenant} />
    </Page>
  );
}
