import type { ReactNode } from "react";
import type { Tone } from "@/lib/tone";
import classes from "./status.module.css";

/** A dot and a word; the word alone carries the meaning. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      {children}
    </span>
  );
}
