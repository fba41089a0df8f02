import { expect, type Page } from "@playwright/test";

export class HistoryPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get details() {
    return this.page.getByRole("dialog", { name: "Call details" });
  }

  async openFirst() {
    await this.page
      .getByRole("button", { name: /^Details of the call/ })
      .first()
      .click();
    await expect(this.details.getByRole("heading", { name: "Decisions" })).toBeVisible();
    await expect(this.page).toHaveURL(/call=/);
  }

  async closeDetails() {
    await this.details.getByRole("button", { name: "Close" }).click();
    await expect(this.details).toHaveCount(0);
  }
}
