import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError } from "@/lib/api-error";
import { formInteger, formName, formSwitch } from "@/lib/form";
import { renderInTheme } from "@/testing/render";
import { NumberField, SwitchField, TextField } from "./fields";
import { Form } from "./form";

const schema = z.object({ name: formName(20), port: formInteger(1, 65_535), enabled: formSwitch });

function renderForm(refusal: unknown = null) {
  const onSend = vi.fn();
  renderInTheme(
    <Form schema={schema} refusal={refusal} onSend={onSend}>
      <TextField name="name" label="Name" />
      <NumberField name="port" label="Port" defaultValue={5060} />
      <SwitchField name="enabled" label="Enabled" defaultChecked />
      <button type="submit">Save</button>
    </Form>,
  );
  return { onSend, user: userEvent.setup() };
}

it("A form sends typed values when all are right", async () => {
  const { onSend, user } = renderForm();
  await user.type(screen.getByLabelText("Name"), "carrier");
  await user.click(screen.getByText("Save"));
  expect(onSend).toHaveBeenCalledWith({ name: "carrier", port: 5060, enabled: true });
});

it("A refused field is named, described and has the focus, and nothing is sent", async () => {
  const { onSend, user } = renderForm();
  await user.click(screen.getByText("Save"));

  const name = screen.getByLabelText("Name");
  expect(onSend).not.toHaveBeenCalled();
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(name);
  const description = name.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(description)?.textContent).toBe("This is needed.");
});

it("What was typed stays when a field is refused", async () => {
  const { user } = renderForm();
  await user.clear(screen.getByLabelText("Port"));
  await user.type(screen.getByLabelText("Port"), "70000");
  await user.click(screen.getByText("Save"));
  expect(screen.getByLabelText<HTMLInputElement>("Port").value).toBe("70000");
});

it("The server's refusal stands at the field it names", () => {
  renderForm(new ApiError(409, "1001 exists already.", { name: "This name is taken." }));
  expect(screen.getByRole("alert").textContent).toContain("1001 exists already.");
  expect(screen.getByText("This name is taken.")).toBeDefined();
});
