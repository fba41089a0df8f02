import { createContext, useContext } from "react";

/** What is wrong, by field name. */
export const FormErrors = createContext<Readonly<Record<string, string>>>({});

export const useFieldError = (name: string) => useContext(FormErrors)[name];
