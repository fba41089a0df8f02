import { NumberField, TextField } from "@/components/form/fields";
import type { Extension } from "./extension";

export function RedirectionFields({ extension }: { extension: Extension | undefined }) {
  return (
    <>
      <TextField
        name="redirection"
        label="When busy, offline or silent"
        description="Another extension, or voicemail; empty ends the call"
        defaultValue={extension?.redirection ?? ""}
      />
      <NumberField
        name="redirectionTimeoutSeconds"
        label="Silent after"
        description="Seconds it rings before that, 5 to 600; empty as the tenant's settings say"
        min={5}
        max={600}
        defaultValue={extension?.redirectionTimeoutSeconds ?? ""}
      />
    </>
  );
}
