import { Input } from "@mantine/core";
import { useId } from "@mantine/hooks";
import { lazy, Suspense, useRef, type ReactNode } from "react";
import type { Language, Scope } from "./completion";
import type { ExpressionEditorHandle } from "./ExpressionEditor";
import classes from "./ExpressionInput.module.css";

const ExpressionEditor = lazy(() => import("./ExpressionEditor"));

interface ExpressionInputProps {
  label: string;
  description?: ReactNode;
  /** What the service says of the expression, which is its only judge. */
  error?: ReactNode;
  placeholder?: string;
  language: Language;
  scope: Scope;
  value: string;
  onChange: (value: string) => void;
  /** Enter in an input of one line, Ctrl+Enter in one of many. */
  onSubmit?: () => void;
  isMultiline?: boolean;
}

/** An expression of OData, completed as it is written. The editor comes when it is needed first. */
export function ExpressionInput({ label, description, error, isMultiline = false, ...editor }: ExpressionInputProps) {
  const id = useId();
  const handle = useRef<ExpressionEditorHandle>(null);
  const describedBy = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <Input.Wrapper
      id={id}
      label={label}
      labelElement="div"
      labelProps={{ id: `${id}-label`, onClick: () => handle.current?.focus() }}
      description={description}
      error={error && <span className={classes["error"]}>{error}</span>}
    >
      <Suspense fallback={<div className={classes["editor"]} aria-busy="true" />}>
        <div className={classes["editor"]} data-invalid={error ? true : undefined}>
          <ExpressionEditor
            {...editor}
            ref={handle}
            isMultiline={isMultiline}
            attributes={{ "aria-labelledby": `${id}-label`, "aria-multiline": String(isMultiline), ...(describedBy && { "aria-describedby": describedBy }), ...(error ? { "aria-invalid": "true" } : {}) }}
          />
        </div>
      </Suspense>
    </Input.Wrapper>
  );
}
