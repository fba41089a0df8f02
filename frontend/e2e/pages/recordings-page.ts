import { expect, type Page } from "@playwright/test";

export class RecordingsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  private get player() {
    return this.page.getByRole("dialog").locator("audio");
  }

  async open(caller: string, callee: string) {
    await this.page
      .getByRole("button", { name: `Play the call from ${caller} to ${callee}` })
      .click();
    await expect(this.player).toBeVisible();
  }

  /** The browser plays it: the player's time runs on. */
  async plays(seconds: number) {
    await this.player.evaluate((audio: HTMLAudioElement) => audio.play());
    const played = () => this.player.evaluate((audio: HTMLAudioElement) => audio.currentTime);
    await expect.poll(played, { timeout: 20_000 }).toBeGreaterThan(seconds);
    await this.player.evaluate((audio: HTMLAudioElement) => audio.pause());
  }

  duration() {
    return this.player.evaluate((audio: HTMLAudioElement) => audio.duration);
  }

  /** The tone that is loudest on each channel, of some, as the browser decodes what the player plays. */
  tones(among: readonly number[]) {
    return this.player.evaluate(async (audio: HTMLAudioElement, hertz) => {
      const bytes = await (await fetch(audio.src)).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(bytes);
      const power = (samples: Float32Array, frequency: number) => {
        const turn = (2 * Math.PI * frequency) / sound.sampleRate;
        let [real, imaginary] = [0, 0];
        samples.forEach((sample, i) => {
          real += sample * Math.cos(turn * i);
          imaginary += sample * Math.sin(turn * i);
        });
        return real ** 2 + imaginary ** 2;
      };
      return Array.from({ length: sound.numberOfChannels }, (_, channel) => {
        const samples = sound.getChannelData(channel);
        return hertz.toSorted((a, b) => power(samples, b) - power(samples, a))[0];
      });
    }, among);
  }

  async close() {
    await this.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  async remove(caller: string, callee: string) {
    await this.page
      .getByRole("button", { name: `Delete the recording from ${caller} to ${callee}` })
      .click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(this.page.getByText("Nothing is recorded yet")).toBeVisible();
  }
}
