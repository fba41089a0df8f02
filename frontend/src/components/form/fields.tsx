import {
  MultiSelect,
  type MultiSelectProps,
  NumberInput,
  type NumberInputProps,
  PasswordInput,
  type PasswordInputProps,
  Select,
  type SelectProps,
  Switch,
  type SwitchProps,
  TagsInput,
  type TagsInputProps,
  Textarea,
  type TextareaProps,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import { useFieldError } from "./form-errors";

type Named<P> = P & { name: string; label: string };

export function TextField(props: Named<TextInputProps>) {
  return <TextInput autoComplete="off" error={useFieldError(props.name)} {...props} />;
}

/** Text of several lines. */
export function TextAreaField(props: Named<TextareaProps>) {
  return <Textarea autoComplete="off" error={useFieldError(props.name)} {...props} />;
}

export function PasswordField(props: Named<PasswordInputProps>) {
  return <PasswordInput error={useFieldError(props.name)} {...props} />;
}

export function NumberField(props: Named<NumberInputProps>) {
  return <NumberInput allowDecimal={false} error={useFieldError(props.name)} {...props} />;
}

export function SelectField(props: Named<SelectProps>) {
  return <Select allowDeselect={false} error={useFieldError(props.name)} {...props} />;
}

export function SwitchField(props: Named<SwitchProps>) {
  return <Switch error={useFieldError(props.name)} {...props} />;
}

/** Several of a list, in the order they were chosen; sent parted by commas. */
export function MultiSelectField(props: Named<MultiSelectProps>) {
  return <MultiSelect error={useFieldError(props.name)} {...props} />;
}

/** Several values; sent parted by commas. */
export function TagsField(props: Named<TagsInputProps>) {
  return <TagsInput error={useFieldError(props.name)} {...props} />;
}
