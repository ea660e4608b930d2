import { TextInput } from "@mantine/core";
import { useState } from "react";

interface NumberFieldProps {
  id: string;
  label: string;
  description?: string | undefined;
  isWhole: boolean;
  value: number | undefined;
  error: string | undefined;
  onChange: (value: number | undefined) => void;
}

/** A number or nothing. While somebody types, what stands there is theirs: an empty field is not filled under their hands with what holds without a number. */
export function NumberField({ isWhole, value, error, onChange, ...props }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const number = typed?.trim() ? Number(typed) : undefined;
  const isNumber = number === undefined || (isWhole ? Number.isInteger(number) : Number.isFinite(number));
  return (
    <TextInput
      {...props}
      inputMode={isWhole ? "numeric" : "decimal"}
      value={typed ?? (value === undefined ? "" : String(value))}
      error={isNumber ? error : isWhole ? "This is a whole number." : "This is a number."}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = text.trim() ? Number(text) : undefined;
        if (next === undefined || Number.isFinite(next)) onChange(next);
      }}
      onBlur={() => isNumber && setTyped(undefined)}
    />
  );
}
