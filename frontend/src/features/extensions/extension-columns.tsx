import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { type Extension, voiceMail } from "./extension";
import { isRegistered, type Registered } from "./registered";

/** What a list of extensions shows; `registered` is undefined until it is known. */
export const extensionColumns = (
  registered: Registered | undefined,
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
  registered: Registered | undefined;
}

function Reachability({ extension, registered }: ReachabilityProps) {
  if (!extension.enabled) return <Status tone="bad">Disabled</Status>;
  const isHere = isRegistered(registered, extension.username);
  if (isHere === undefined) return "…";
  return isHere ? <Status tone="good">Registered</Status> : <Status tone="idle">Offline</Status>;
}
