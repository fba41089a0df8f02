import { z } from "zod";

/** Whether a party is asked to encrypt its media (SRTP). */
export const formMediaEncryption = z.enum(["off", "preferred", "required", "dtls"]).default("off");

export const mediaEncryptions = [
  { value: "off", label: "Off (answered when a phone insists)" },
  { value: "preferred", label: "Preferred (SRTP, else RTP)" },
  { value: "required", label: "Required (SRTP or no call)" },
  { value: "dtls", label: "WebRTC (ICE and DTLS, or no call)" },
];
