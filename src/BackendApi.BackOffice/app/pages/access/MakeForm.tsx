import { Button, Group, Stack, Title } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useState, type FormEvent, type ReactNode } from "react";
import { Failure } from "../../shell/Outcomes";
import { UnsavedChanges } from "../../shell/UnsavedChanges";

interface MakeFormProps {
  title: string;
  /** What the button says. */
  make: string;
  onMake: (form: FormData) => void;
  making: Pick<UseMutationResult, "error" | "isPending" | "isSuccess">;
  /** Whether something was chosen that is no input of the form, such as a role. */
  isChanged?: boolean;
  /** The list that one goes back to without making any. */
  list: LinkProps["to"];
  children: ReactNode;
}

/** The form of something new. */
export function MakeForm({ title, make, onMake, making, isChanged = false, list, children }: MakeFormProps) {
  const [isTouched, setIsTouched] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onMake(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} onChange={() => setIsTouched(true)}>
      <UnsavedChanges when={(isTouched || isChanged) && !making.isSuccess} />
      <Stack maw={720}>
        <Title order={1}>{title}</Title>
        {children}
        {making.error && <Failure error={making.error} />}
        <Group>
          <Button type="submit" loading={making.isPending}>
            {make}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link {...props} to={list} ignoreBlocker />}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
