import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderInTheme } from "@/testing/render";
import { GuideLinks } from "./guide-links";

it("leads to the public guide of each domain that takes calls only", () => {
  renderInTheme(<GuideLinks domains={["dial.example.com", "2001:db8::1"]} />);
  const addresses = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(addresses).toEqual(["/guides/dial.example.com", "/guides/2001%3Adb8%3A%3A1"]);
  expect(screen.getByRole("link", { name: "The guide to dial.example.com" })).toBeDefined();
});
