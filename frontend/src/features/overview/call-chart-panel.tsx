import { BarChart } from "@mantine/charts";
import { Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/error-panel";
import { Panel } from "@/components/panel";
import { formatNumber } from "@/lib/format";
import { barsOf, type Range, sumOf } from "./call-chart";
import { chartQuery } from "./queries";

const choices = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
] satisfies { value: Range; label: string }[];

const series = [
  { name: "Answered", color: "var(--ts-chart-answered)" },
  { name: "Failed", color: "var(--ts-chart-failed)" },
];

interface CallChartPanelProps {
  tenant: string;
  range: Range;
  onRange: (range: Range) => void;
}

export function CallChartPanel({ tenant, range, onRange }: CallChartPanelProps) {
  const { data, error, refetch } = useQuery(chartQuery(tenant, range));
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;

  const sum = sumOf(data?.buckets ?? []);
  const summary = `${formatNumber(sum.answered)} answered, ${formatNumber(sum.failed)} failed`;
  return (
    <Panel
      title="Calls"
      actions={
        <Group gap="sm">
          {data && (
            <Text size="sm" c="dimmed">
              {data.isComplete ? summary : `${summary} among the latest`}
            </Text>
          )}
          <SegmentedControl
            size="xs"
            aria-label="Time shown"
            data={choices}
            value={range}
            onChange={onRange}
          />
        </Group>
      }
    >
      {data ? (
        <figure style={{ margin: 0 }} aria-label={`Calls of the last ${range}: ${summary}`}>
          <BarChart
            h={244}
            data={barsOf(data.buckets, range)}
            dataKey="label"
            type="stacked"
            series={series}
            tickLine="none"
            gridAxis="x"
            yAxisProps={{ allowDecimals: false, width: 36 }}
            xAxisProps={{ minTickGap: 28 }}
            barProps={{ isAnimationActive: false }}
            barChartProps={{ accessibilityLayer: false }}
            maxBarWidth={22}
          />
        </figure>
      ) : (
        <Skeleton h={244} />
      )}
    </Panel>
  );
}
