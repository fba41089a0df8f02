import { type Call, type CallRecord, callStates, outcomeOf } from "@/lib/call";
import { Status } from "./status";

export function CallState({ state }: Pick<Call, "state">) {
  const { text, tone } = callStates[state];
  return <Status tone={tone}>{text}</Status>;
}

export function CallOutcome({ record }: { record: CallRecord }) {
  const { text, tone } = outcomeOf(record);
  return <Status tone={tone}>{text}</Status>;
}
