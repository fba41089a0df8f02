import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderInTheme } from "@/testing/render";
import type { Column } from "./column";
import { DataTable } from "./data-table";
import { Pager } from "./pager";

interface Phone {
  number: string;
  name: string;
}

const columns: readonly Column<Phone>[] = [
  { header: "Number", primary: true, cell: ({ number }) => number },
  { header: "Name", cell: ({ name }) => name },
];
const phones = [
  { number: "1001", name: "Ada" },
  { number: "1002", name: "Ben" },
];

const renderTable = (rows: readonly Phone[]) =>
  renderInTheme(
    <DataTable
      label="Phones"
      columns={columns}
      rows={rows}
      rowKey={({ number }) => number}
      empty={<p>No phones yet</p>}
    />,
  );

describe("a list", () => {
  const wide = window.matchMedia;
  afterEach(() => {
    window.matchMedia = wide;
  });

  it("is a table whose rows are named by their first cell", () => {
    renderTable(phones);
    expect(screen.getByRole("table", { name: "Phones" })).toBeDefined();
    expect(screen.getByRole("rowheader", { name: "1002" })).toBeDefined();
  });

  it("is a list of cards where a table has no room, with every column on each", () => {
    window.matchMedia = (media) => ({ ...wide(media), matches: false });
    renderTable(phones);
    const [card] = within(screen.getByRole("list", { name: "Phones" })).getAllByRole("listitem");
    expect(card?.textContent).toBe("1001NameAda");
  });

  it("says what to do when it is empty", () => {
    renderTable([]);
    expect(screen.getByText("No phones yet")).toBeDefined();
  });
});

describe("paging", () => {
  const renderPager = (cursor: string | undefined, next: string | null) => {
    const onMove = vi.fn();
    const pager = (at: string | undefined, to: string | null) => (
      <Pager noun="phones" count={2} cursor={at} next={to} onMove={onMove} />
    );
    const { rerender } = renderInTheme(pager(cursor, next));
    return { onMove, user: userEvent.setup(), show: (at?: string) => rerender(pager(at, "c9")) };
  };

  it("is not offered when everything is on one page", () => {
    renderPager(undefined, null);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText("2 phones")).toBeDefined();
  });

  it("counts one as one", () => {
    renderInTheme(
      <Pager noun="phones" count={1} cursor={undefined} next={null} onMove={() => undefined} />,
    );
    expect(screen.getByText("1 phone")).toBeDefined();
  });

  it("goes back by the cursors it came by", async () => {
    const { onMove, user, show } = renderPager(undefined, "c1");
    await user.click(screen.getByText("Next"));
    show("c1");
    await user.click(screen.getByText("Next"));
    show("c2");
    await user.click(screen.getByText("Previous"));
    show("c1");
    await user.click(screen.getByText("Previous"));
    expect(onMove.mock.calls.flat()).toEqual(["c1", "c9", "c1", undefined]);
  });

  it("goes back to the first page after a reload in the middle", async () => {
    const { onMove, user } = renderPager("c5", "c6");
    await user.click(screen.getByText("Previous"));
    expect(onMove).toHaveBeenCalledWith(undefined);
  });
});
