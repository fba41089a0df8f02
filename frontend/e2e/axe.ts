import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

/** No serious or critical fault of accessibility on the page as it is now. */
export async function expectAccessible(page: Page, where: string) {
  // Evaluated, not added as a script, which a content security policy could refuse.
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
  expect(faults, `accessibility of ${where}`).toEqual([]);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
