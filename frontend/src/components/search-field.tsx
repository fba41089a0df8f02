import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";

interface SearchFieldProps {
  label: string;
  value: string;
  onSearch: (value: string) => void;
}

const typingPause = 300;

/** Searches when typing rests; the URL, which holds what is searched for, is changed only then. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const search = useDebouncedCallback((next: string) => {
    asked.current = next;
    onSearch(next);
  }, typingPause);
  const change = (next: string) => {
    setText(next);
    search(next.trim());
  };

  // Going back in the browser changes what is searched for without any typing.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);

  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<Search size={16} aria-hidden="true" />}
      rightSection={
        text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => change("")} />
      }
      w={{ base: "100%", xs: 260 }}
    />
  );
}
