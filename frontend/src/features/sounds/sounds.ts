import type { Schema } from "@/lib/schema";

export type Sound = Schema<"Sound">;
export type SoundKind = Sound["kind"];

interface SoundText {
  title: string;
  /** When it is heard. */
  heard: string;
  /** What the default is. */
  byDefault: string;
}

export const soundTexts: Record<SoundKind, SoundText> = {
  musicOnHold: {
    title: "Music on hold",
    heard: "Who is put on hold hears it, again and again. So does who dials the music test.",
    byDefault: "a quiet melody",
  },
  notInService: {
    title: "Number not in service",
    heard: "Before a call is refused because nobody has the number.",
    byDefault: "three rising tones and three notes",
  },
  unavailable: {
    title: "Cannot be reached",
    heard: "Before a call is refused because who has the number cannot be reached now.",
    byDefault: "three rising tones and three notes",
  },
  callEnding: {
    title: "Call ends soon",
    heard: "Both parties hear it 30 s before the longest session is over.",
    byDefault: "three short beeps",
  },
};

const rootOf = (tenant: string, kind: SoundKind) =>
  `/api/v1/tenants/${encodeURIComponent(tenant)}/sounds/${kind}`;

/** Where it is heard. Another upload has another address, so that no player goes on with what it had. */
export const soundAudio = (tenant: string, { kind, uploaded }: Sound) =>
  `${rootOf(tenant, kind)}/audio?of=${encodeURIComponent(uploaded ?? "default")}`;

/** Where a file is uploaded to. */
export const soundUpload = (tenant: string, kind: SoundKind, name: string) =>
  `${rootOf(tenant, kind)}?name=${encodeURIComponent(name.slice(0, 100))}`;

/** Why a file need not be sent at all; undefined when the server is to judge. */
export const whyNotSend = (file: { size: number }, { maxFileBytes }: Sound) =>
  file.size > maxFileBytes
    ? `The file is too big: it may have ${Math.floor(maxFileBytes / (1024 * 1024))} MiB.`
    : undefined;
