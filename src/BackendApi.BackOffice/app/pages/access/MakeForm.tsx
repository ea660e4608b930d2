import { Button, Group, Stack, Title } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { FormEvent, ReactNode } from "react";
import { Failure } from "../../shell/Outcomes";

interface MakeFormProps {
  title: string;
  /** What the button says. */
  make: string;
  onMake: (form: FormData) => void;
  making: Pick<UseMutationResult, "error" | "isPending">;
  /** The list that one goes back to without making any. */
  list: LinkProps["to"];
  children: ReactNode;
}

/** The form of something new. */
export function MakeForm({ title, make, onMake, making, list, children }: MakeFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onMake(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        <Title order={1}>{title}</Title>
        {children}
        {making.error && <Failure error={making.error} />}
        <Group>
          <Button type="submit" loading={making.isPending}>
            {make}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link {...props} to={list} />}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
