const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const offset = new Intl.NumberFormat(undefined, {
  maximumFractionDigits: 1,
  signDisplay: "always",
});

export const formatDateTime = (iso: string) => dateTime.format(new Date(iso));
export const formatTime = (iso: string) => timeOfDay.format(new Date(iso));
export const formatDayTime = (iso: string) => dayAndTime.format(new Date(iso));
export const formatNumber = (value: number) => whole.format(value);
export const formatTenths = (value: number) => tenths.format(value);
export const formatHundredths = (value: number) => hundredths.format(value);

/** `+0.3 s`, `-1.2 s`: how long after something else, or before it. */
export const formatOffset = (seconds: number) =>
  // Nothing is neither after nor before: no minus zero.
  `${offset.format(Math.round(seconds * 10) / 10 || 0)} s`;

/** Today's times stand alone; older ones say their day. */
export function formatWhen(iso: string, now: number): string {
  const sameDay = new Date(iso).toDateString() === new Date(now).toDateString();
  return sameDay ? formatTime(iso) : formatDayTime(iso);
}

/** `0:07`, `12:34`, `1:02:03`, `2 d 04:05:06`: as telephony people read a duration. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = pad(total % 60);
  if (days > 0) return `${days} d ${pad(hours)}:${pad(minutes)}:${rest}`;
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** How long until a moment, in the largest unit that says enough: `42 s`, `5 min`, `3 h`, `2 d`. */
export function formatRemaining(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (seconds <= 0) return "now";
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86_400)} d`;
}

export const secondsBetween = (from: string, to: number) => (to - Date.parse(from)) / 1000;

const octetUnits = ["B", "kB", "MB", "GB", "TB"] as const;

export function formatOctets(octets: number): string {
  const power = octets < 1000 ? 0 : Math.floor(Math.log10(octets) / 3);
  const index = Math.min(power, octetUnits.length - 1);
  return `${tenths.format(octets / 1000 ** index)} ${octetUnits[index]}`;
}

const pad = (value: number) => String(value).padStart(2, "0");
