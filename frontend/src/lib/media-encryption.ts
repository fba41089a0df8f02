import { z } from "zod";

/** Whether a party is asked to encrypt its media (SRTP). */
export const formMediaEncryption = z.enum(["off", "preferred", "required", "dtls"]).default("off");

/** The suites of SRTP that are offered and taken, in order; none for all. */
export const srtpSuites = [
  "AES_CM_128_HMAC_SHA1_80",
  "AEAD_AES_256_GCM",
  "AEAD_AES_128_GCM",
  "AES_CM_128_HMAC_SHA1_32",
];

export const formSrtpSuites = z
  .string()
  .default("")
  .transform((text) => text.split(",").filter(Boolean));

export const mediaEncryptions = [
  { value: "off", label: "Off (answered when a phone insists)" },
  { value: "preferred", label: "Preferred (SRTP, else RTP)" },
  { value: "required", label: "Required (SRTP or no call)" },
  { value: "dtls", label: "WebRTC (ICE and DTLS, or no call)" },
];
