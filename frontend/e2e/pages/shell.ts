import { expect, type Page } from "@playwright/test";

/** What every page of the console has around it. */
export class Shell {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(name: string) {
    const menu = this.page.getByRole("button", { name: "Open the menu" });
    if (await menu.isVisible()) await menu.click();
    await this.page
      .getByRole("navigation", { name: "Pages", exact: true })
      .getByRole("link", { name })
      .click();
    await this.isShown(name);
  }

  /** The page is there, with its content instead of its skeletons. */
  async isShown(name: string) {
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(this.page.getByRole("status", { name: "Loading" })).toHaveCount(0);
    await expect(this.page.getByRole("alert")).toHaveCount(0);
  }

  async chooseTheme(name: "Light" | "Dark") {
    await this.page.getByRole("button", { name: "Account and appearance" }).click();
    await this.page.getByRole("menuitemradio", { name }).click();
    const scheme = name.toLowerCase();
    await expect(this.page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("menu")).toHaveCount(0);
  }

  async signOut() {
    await this.page.getByRole("button", { name: "Account and appearance" }).click();
    await this.page.getByRole("menuitem", { name: "Sign out" }).click();
  }

  async says(text: string) {
    await expect(this.page.getByText(text)).toBeVisible();
  }

  /** Nothing stands outside the width of the screen. */
  async fits(where: string) {
    const excess = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess, `pixels that ${where} is too wide`).toBe(0);
  }
}
