// The table at the end of a comparison.

export function row(title, result, limit, aim) {
  const low = result.ratios[0].toFixed(2);
  const high = result.ratios.at(-1).toFixed(2);
  return {
    title,
    figures: `${result.productCpu.toFixed(0)} µs, Kamailio ${result.peerCpu.toFixed(0)} µs (${result.productRate.toFixed(0)}/s, ${result.peerRate.toFixed(0)}/s)`,
    value: `${result.ratio.toFixed(2)} × [${low}..${high}]`,
    must: `≤ ${limit.toFixed(2)} ×`,
    aim: aim.toFixed(2),
    ok: result.ratio <= limit,
  };
}

row.limit = (title, value, limit, aim, unit) => ({
  title,
  figures: "",
  value: `${Number.isInteger(value) ? value : value.toFixed(1)} ${unit}`.trim(),
  must: `≤ ${limit} ${unit}`.trim(),
  aim: aim === undefined ? "" : `${aim}`,
  ok: value <= limit,
});

row.least = (title, value, limit) => ({
  title,
  figures: "",
  value: value.toFixed(2),
  must: `≥ ${limit}`,
  aim: "",
  ok: value >= limit,
});

row.note = (text) => ({ note: text, ok: true });

export function printTable(rows) {
  const columns = ["title", "figures", "value", "must", "aim"];
  const lines = [
    { title: "Work", figures: "CPU per unit", value: "Found", must: "Must", aim: "Aim" },
    ...rows.filter((each) => !each.note),
  ];
  const widths = columns.map((column) =>
    Math.max(...lines.map((line) => [...line[column]].length)),
  );
  process.stdout.write("\n");
  lines.forEach((line, index) => {
    const cells = columns.map(
      (column, i) => line[column] + " ".repeat(widths[i] - [...line[column]].length),
    );
    process.stdout.write(`| ${cells.join(" | ")} |${index > 0 && !line.ok ? "  MISSED" : ""}\n`);
    if (index === 0)
      process.stdout.write(`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|\n`);
  });
  for (const { note } of rows.filter((each) => each.note)) process.stdout.write(`\n${note}\n`);
}
