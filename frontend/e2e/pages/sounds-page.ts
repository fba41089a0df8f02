import { expect, type Page } from "@playwright/test";

/** Silence as a WAV file of 16 bits at 8 kHz. */
export function wave(seconds: number): Buffer {
  const rate = 8000;
  const file = Buffer.alloc(44 + seconds * rate * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(file.length - 44, 40);
  return file;
}

export class SoundsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async upload(title: string, name: string, buffer: Buffer) {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: `Upload ${title}` }).click();
    await (await chooser).setFiles({ name, mimeType: "audio/wav", buffer });
  }

  async refuses(reason: string) {
    await expect(this.page.getByRole("alert")).toContainText(reason);
  }

  /** The browser plays what was uploaded. */
  async plays(title: string, seconds: number) {
    const audio = this.page.locator(`audio[aria-label="${title}"]`);
    const length = await audio.evaluate(async (player: HTMLAudioElement) => {
      player.load();
      player.muted = true;
      await player.play();
      return player.duration;
    });
    expect(length).toBeCloseTo(seconds, 1);
  }

  async remove(title: string) {
    await this.page.getByRole("button", { name: `Delete ${title}` }).click();
    await this.page
      .getByRole("dialog")
      .getByRole("button", { name: "Delete", exact: true })
      .click();
  }
}
