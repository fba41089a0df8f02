import { expect, type Page } from "@playwright/test";

export class SessionsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get messages() {
    return this.page.getByRole("dialog", { name: /^Messages of/ });
  }

  async openMessages(caller: string, callee: string) {
    await this.page
      .getByRole("button", { name: `Messages of the call from ${caller} to ${callee}` })
      .click();
    await expect(this.messages).toBeVisible();
  }

  /** The message that begins so is listed, and its text is shown. */
  async showMessage(firstLine: string, text: string) {
    await this.messages.getByRole("button", { name: firstLine }).first().click();
    await expect(this.messages.getByText(text).first()).toBeVisible();
  }

  async closeMessages() {
    await this.messages.getByRole("button", { name: "Close" }).click();
    await expect(this.messages).toHaveCount(0);
  }
}
