import {
  AudioLines,
  Building2,
  ChartNoAxesCombined,
  Cpu,
  History,
  type LucideIcon,
  Music,
  Phone,
  PhoneCall,
  RadioTower,
  ScrollText,
  Server,
  Settings,
  ShieldCheck,
  Waypoints,
} from "lucide-react";

interface PageLink {
  label: string;
  to: string;
  icon: LucideIcon;
}

interface PageGroup {
  label: string;
  pages: readonly PageLink[];
}

/** The pages of one tenant. */
export const tenantPages = [
  {
    label: "Now",
    pages: [
      { label: "Overview", to: "/t/$tenant", icon: ChartNoAxesCombined },
      { label: "Active sessions", to: "/t/$tenant/calls", icon: PhoneCall },
      { label: "Registrations", to: "/t/$tenant/registrations", icon: RadioTower },
    ],
  },
  {
    label: "Set up",
    pages: [
      { label: "Extensions", to: "/t/$tenant/extensions", icon: Phone },
      { label: "Destinations", to: "/t/$tenant/destinations", icon: Server },
      { label: "Routes", to: "/t/$tenant/routes", icon: Waypoints },
      { label: "Security", to: "/t/$tenant/security", icon: ShieldCheck },
      { label: "Sounds", to: "/t/$tenant/sounds", icon: Music },
      { label: "Settings", to: "/t/$tenant/settings", icon: Settings },
    ],
  },
  {
    label: "Past",
    pages: [
      { label: "Call history", to: "/t/$tenant/history", icon: History },
      { label: "Recordings", to: "/t/$tenant/recordings", icon: AudioLines },
      { label: "Event log", to: "/t/$tenant/events", icon: ScrollText },
    ],
  },
] as const satisfies readonly PageGroup[];

/** The pages of operators. */
export const operatorPages = [
  { label: "Tenants", to: "/tenants", icon: Building2 },
  { label: "System", to: "/system", icon: Cpu },
] as const satisfies readonly PageLink[];
