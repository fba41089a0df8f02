import { expect, type Page } from "@playwright/test";

export class SignInPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async isShown() {
    await expect(this.page.getByRole("heading", { name: "Sign in to the console" })).toBeVisible();
  }

  async signIn(username: string, password: string) {
    await this.page.getByLabel("Username").fill(username);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async refuses() {
    await expect(this.page.getByRole("alert")).toBeVisible();
  }
}
