import { expect, type Page } from "@playwright/test";

export class ExtensionsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  private row(number: string) {
    return this.page.getByRole("row").filter({
      has: this.page.getByRole("rowheader", { name: number, exact: true }),
    });
  }

  private drawer(name: string) {
    return this.page.getByRole("dialog", { name });
  }

  async search(prefix: string) {
    await this.page.getByRole("searchbox", { name: "Search by number" }).fill(prefix);
    await expect(this.page).toHaveURL(new RegExp(`prefix=${prefix}`));
  }

  async add(number: string, name: string) {
    await this.page.getByRole("button", { name: "Add extension" }).click();
    const drawer = this.drawer("Add an extension");
    await drawer.getByLabel("Extension number").fill(number);
    await drawer.getByLabel("Name", { exact: true }).fill(name);
    await drawer.getByRole("button", { name: "Generate" }).click();
    await drawer.getByRole("button", { name: "Add extension" }).click();
    await expect(drawer).toHaveCount(0);
  }

  /** Tries to add what the form must refuse, and gives up. */
  async addInVain(number: string) {
    await this.page.getByRole("button", { name: "Add extension" }).click();
    const drawer = this.drawer("Add an extension");
    await drawer.getByLabel("Extension number").fill(number);
    await drawer.getByRole("button", { name: "Add extension" }).click();
    await expect(drawer.getByLabel("Extension number")).toHaveAttribute("aria-invalid", "true");
    await drawer.getByRole("button", { name: "Cancel" }).click();
    await expect(drawer).toHaveCount(0);
  }

  async rename(number: string, name: string) {
    await this.row(number)
      .getByRole("button", { name: `Edit ${number}` })
      .click();
    const drawer = this.drawer(`Extension ${number}`);
    await drawer.getByLabel("Name", { exact: true }).fill(name);
    await drawer.getByRole("button", { name: "Save" }).click();
    await expect(drawer).toHaveCount(0);
  }

  async lists(number: string, name: string) {
    await expect(this.row(number).getByRole("cell", { name, exact: true })).toBeVisible();
  }

  async remove(number: string) {
    await this.row(number)
      .getByRole("button", { name: `Remove ${number}` })
      .click();
    const question = this.page.getByRole("dialog", { name: `Remove extension ${number}?` });
    await question.getByRole("button", { name: "Remove" }).click();
    await expect(this.row(number)).toHaveCount(0);
  }
}
