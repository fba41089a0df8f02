import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CloudAlert } from "lucide-react";
import { calm } from "@/lib/live";
import { systemQuery } from "@/lib/system";

/** Says that the figures on the page grow old, for as long as the server does not answer. */
export function ConnectionNotice() {
  const { isError, failureCount } = useQuery({ ...systemQuery, ...calm });
  if (!isError && failureCount === 0) return null;
  return (
    <Alert
      role="status"
      variant="light"
      color="orange"
      mb="md"
      icon={<CloudAlert size={18} />}
      styles={{ message: { color: "inherit" } }}
    >
      TekSIP Cloud does not answer. What you see may be old; the console keeps trying.
    </Alert>
  );
}
