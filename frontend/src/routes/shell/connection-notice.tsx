import { useQuery } from "@tanstack/react-query";
import { CloudAlert } from "lucide-react";
import { Notice } from "@/components/notice";
import { calm } from "@/lib/live";
import { systemQuery } from "@/lib/system";

/** Says that the figures on the page grow old, for as long as the server does not answer. */
export function ConnectionNotice() {
  const { isError, failureCount } = useQuery({ ...systemQuery, ...calm });
  if (!isError && failureCount === 0) return null;
  return (
    <Notice role="status" color="orange" icon={CloudAlert}>
      TekSIP Cloud does not answer. What you see may be old; the console keeps trying.
    </Notice>
  );
}
