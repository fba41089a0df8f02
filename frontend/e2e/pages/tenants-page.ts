import type { Page } from "@playwright/test";

export class TenantsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes to the pages of the tenant with this id. */
  async enter(id: string) {
    await this.page
      .getByRole("row")
      .filter({ has: this.page.getByRole("cell", { name: id, exact: true }) })
      .getByRole("link")
      .click();
  }
}
