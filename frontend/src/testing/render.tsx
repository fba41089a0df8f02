import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";

/** Renders as the app does, without its network and router. */
export const renderInTheme = (element: ReactElement) =>
  render(element, {
    wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider>,
  });
