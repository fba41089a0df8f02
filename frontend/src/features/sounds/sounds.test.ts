import { describe, expect, it } from "vitest";
import { type Sound, soundAudio, soundUpload, whyNotSend } from "./sounds";

const music: Sound = {
  kind: "musicOnHold",
  isOwn: true,
  name: "summer.wav",
  durationSeconds: 12,
  bytes: 192_044,
  uploaded: "2026-01-05T12:00:00Z",
  maxDurationSeconds: 300,
  maxFileBytes: 32 * 1024 * 1024,
};

describe("a sound", () => {
  it("has another address after another upload", () => {
    const first = soundAudio("acme", music);
    expect(first).toContain("/tenants/acme/sounds/musicOnHold/audio");
    expect(soundAudio("acme", { ...music, uploaded: "2026-01-05T12:00:01Z" })).not.toBe(first);
    expect(soundAudio("acme", { ...music, uploaded: null })).not.toBe(first);
  });

  it("is uploaded by a name that no address breaks", () =>
    expect(soundUpload("acme", "unavailable", `a&b#${"x".repeat(200)}`)).toBe(
      `/api/v1/tenants/acme/sounds/unavailable?name=a%26b%23${"x".repeat(96)}`,
    ));

  it("that is too big is not sent", () => {
    expect(whyNotSend({ size: music.maxFileBytes }, music)).toBeUndefined();
    expect(whyNotSend({ size: music.maxFileBytes + 1 }, music)).toContain("32 MiB");
  });
});
