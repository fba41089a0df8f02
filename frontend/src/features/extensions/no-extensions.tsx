import { PhoneOff, SearchX } from "lucide-react";
import { EmptyState } from "@/components/empty-state";

export function NoExtensions({ prefix }: { prefix: string | undefined }) {
  if (prefix) {
    return (
      <EmptyState icon={SearchX} title={`No extension begins with ${prefix}`}>
        Upper and lower case differ. Clear the search to see all extensions.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={PhoneOff} title="No extensions yet">
      Add one for each phone, then enter its username, password and this tenant's SIP domain there.
    </EmptyState>
  );
}
