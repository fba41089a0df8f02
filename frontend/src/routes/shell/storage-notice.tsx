import { useQuery } from "@tanstack/react-query";
import { DatabaseZap } from "lucide-react";
import { Notice } from "@/components/notice";
import { calm } from "@/lib/live";
import { systemQuery } from "@/lib/system";
import { describeBacklog } from "./backlog";

/** Says that storage does not keep up with the calls: they go on, up to a bound. */
export function StorageNotice() {
  const { data } = useQuery({ ...systemQuery, ...calm });
  const text = describeBacklog(data?.nodes ?? []);
  if (!text) return null;
  return (
    <Notice role="status" color="orange" icon={DatabaseZap}>
      {text}
    </Notice>
  );
}
