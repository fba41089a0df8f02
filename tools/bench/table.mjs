// The table at the end of a bench: what was found, what it must be, and why a figure is missing where one is.

const columns = ["title", "figures", "value", "must", "aim"];
const heading = { title: "Work", figures: "CPU per unit", value: "Found", must: "Must", aim: "Aim" };

export class Table {
  #rows = [];
  #notes = [];

  /** Whether every figure was found and is as it must be. */
  get isMet() {
    return this.#rows.every((row) => row.ok);
  }

  /** Does what adds a row. A failure is that row, so that one piece of work never costs the figures of the others. */
  async attempt(work, measure) {
    try {
      await measure();
    } catch (error) {
      this.#rows.push({ ...texts(work), value: "not measured", ok: false });
      this.note(`${work.title}: ${error.message}`);
    }
  }

  /** A figure with what it may be at most, or must be at least; with neither it is told only. */
  add({ value, ...work }) {
    const ok = !(value > work.most || value < work.least);
    this.#rows.push({ ...texts(work), value: withRange(value, work), ok });
  }

  note(text) {
    this.#notes.push(text);
  }

  print() {
    const lines = [heading, ...this.#rows];
    const widths = columns.map((column) => Math.max(...lines.map((line) => [...line[column]].length)));
    process.stdout.write("\n");
    lines.forEach((line, index) => {
      const cells = columns.map((column, i) => line[column] + " ".repeat(widths[i] - [...line[column]].length));
      process.stdout.write(`| ${cells.join(" | ")} |${index > 0 && !line.ok ? "  MISSED" : ""}\n`);
      if (index === 0) process.stdout.write(`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|\n`);
    });
    for (const text of this.#notes) process.stdout.write(`\n${text}\n`);
  }
}

function texts({ title, most, least, aim, unit = "", figures = "" }) {
  const bound = most !== undefined ? `≤ ${most} ${unit}` : least !== undefined ? `≥ ${least} ${unit}` : "";
  return { title, figures, must: bound.trim(), aim: aim === undefined ? "" : `${aim}` };
}

function withRange(value, { unit = "", digits = 2, range }) {
  const found = `${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`.trim();
  return range ? `${found} [${range.map((each) => each.toFixed(digits)).join("..")}]` : found;
}
