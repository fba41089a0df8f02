import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#e7f6f6",
  "#d2ebec",
  "#a6d6d9",
  "#76c0c5",
  "#4dadb4",
  "#2f9fa8",
  "#1a8f99",
  "#0b7f89",
  "#066d77",
  "#00565f",
];

/** Mantine's dark scale, tinted like the ink of the navigation. */
const dark: MantineColorsTuple = [
  "#dfe7eb",
  "#bccad1",
  "#97a8b1",
  "#6f828c",
  "#33444d",
  "#283840",
  "#1b2930",
  "#121c22",
  "#0d161b",
  "#091014",
];

const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef2f4",
  "#e3e9ec",
  "#d4dde1",
  "#bccad1",
  "#94a6af",
  "#647780",
  "#475962",
  "#2c3b42",
  "#18252b",
];

const sans = '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif';
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace';

export const theme: MantineThemeOverride = createTheme({
  colors: { petrol, dark, gray },
  primaryColor: "petrol",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  respectReducedMotion: true,
  black: "#18252b",
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontFamily: sans,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "lg" } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Drawer: {
      defaultProps: { position: "right", overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontWeight: 600 } },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontWeight: 600 } },
    },
    Badge: { defaultProps: { variant: "light", radius: "sm" } },
    Paper: { defaultProps: { withBorder: true } },
  },
});

/** Mantine's quiet colours miss WCAG AA's 4.5:1 on our surfaces; these keep it. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#55676f",
    "--mantine-color-placeholder": "#63757d",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-anchor": "#05646d",
  },
  dark: {
    "--mantine-color-dimmed": "#9db0b9",
    "--mantine-color-placeholder": "#8b9ea7",
    "--mantine-color-error": "#ff9a91",
    "--mantine-color-body": "#17232a",
    "--mantine-color-anchor": "#5cc3ca",
  },
});
