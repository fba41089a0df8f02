import { Button, Drawer, Group, Stack } from "@mantine/core";
import { type ReactNode, useId } from "react";
import type { z } from "zod";
import { Form } from "./form";
import classes from "./form-drawer.module.css";

interface FormDrawerProps<S extends z.ZodType> {
  title: string;
  schema: S;
  /** The verb on the button. */
  verb: string;
  saving: boolean;
  refusal: unknown;
  onSend: (value: z.output<S>) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form beside the list it belongs to. Rendered only while open, so that it begins anew each time. */
export function FormDrawer<S extends z.ZodType>(props: FormDrawerProps<S>) {
  const form = useId();
  return (
    <Drawer
      opened
      onClose={props.onClose}
      title={props.title}
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Form schema={props.schema} refusal={props.refusal} onSend={props.onSend} id={form}>
        <Stack gap="md">
          {props.children}
          <Group justify="flex-end" className={classes.footer}>
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={props.saving}>
              {props.verb}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Drawer>
  );
}
