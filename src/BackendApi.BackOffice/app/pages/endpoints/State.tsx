import { Badge } from "@mantine/core";

export type StateName = "active" | "inactive" | "problem";

export const states: readonly { value: StateName; label: string }[] = [
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
  { value: "problem", label: "Not served" },
];

const colours: Record<StateName, string> = { active: "teal", inactive: "gray.8", problem: "red" };

export function stateOf({ isActive, problems }: { isActive: boolean; problems: readonly unknown[] }): StateName {
  return problems.length > 0 ? "problem" : isActive ? "active" : "inactive";
}

export function State({ of }: { of: StateName }) {
  return <Badge miw="max-content" color={colours[of]}>{states.find((state) => state.value === of)!.label}</Badge>;
}
