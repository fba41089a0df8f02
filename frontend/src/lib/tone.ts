/** How a state looks: well, waiting for somebody, wrong, or of no matter. */
export type Tone = "good" | "ring" | "bad" | "idle";
