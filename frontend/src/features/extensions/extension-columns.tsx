import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { type Extension, voiceMail } from "./extension";

/** What a list of extensions shows; `registered` is undefined until it is known. */
export const extensionColumns = (
  registered: ReadonlySet<string> | undefined,
): readonly Column<Extension>[] => [
  { header: "Extension", primary: true, cell: ({ username }) => username },
  { header: "Name", cell: ({ displayName }) => displayName || "–" },
  {
    header: "Status",
    cell: (extension) => <Reachability extension={extension} registered={registered} />,
  },
  {
    header: "When busy or silent",
    cell: ({ redirection }) => (redirection === voiceMail ? "Voice mail" : redirection || "–"),
  },
  {
    header: "External calls",
    cell: ({ allowExternalCalls, externalRoute }) =>
      allowExternalCalls ? externalRoute || "Every route" : "Not allowed",
  },
  { header: "Recorded", minor: true, cell: ({ recordCalls }) => (recordCalls ? "Yes" : "No") },
];

interface ReachabilityProps {
  extension: Extension;
  registered: ReadonlySet<string> | undefined;
}

function Reachability({ extension, registered }: ReachabilityProps) {
  if (!extension.enabled) return <Status tone="bad">Disabled</Status>;
  if (!registered) return "…";
  return registered.has(extension.username) ? (
    <Status tone="good">Registered</Status>
  ) : (
    <Status tone="idle">Offline</Status>
  );
}
