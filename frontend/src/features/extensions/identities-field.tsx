import { TagsField } from "@/components/form/fields";
import type { Extension } from "./extension";

/** What an extension may call as. */
export function IdentitiesField({ extension }: { extension: Extension | undefined }) {
  return (
    <TagsField
      name="identities"
      label="May call as"
      description="Besides its own number, such as its direct number; a call as anything else is refused"
      defaultValue={extension?.identities ?? []}
    />
  );
}
