import { AppShell } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { PageSkeleton } from "@/components/page-skeleton";
import { ConnectionNotice } from "./connection-notice";
import { Header } from "./header";
import { Navigation } from "./navigation";
import classes from "./shell.module.css";
import { StorageNotice } from "./storage-notice";

/** The frame around every page of somebody signed in. */
export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);

  return (
    <AppShell
      layout="alt"
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !menuOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        <Header menuOpen={menuOpen} onMenu={menu.toggle} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label="Pages" component="nav">
        <Navigation onLeave={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <ConnectionNotice />
        <StorageNotice />
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
