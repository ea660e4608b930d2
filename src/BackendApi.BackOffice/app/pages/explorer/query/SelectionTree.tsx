import { Checkbox, Fieldset, NumberInput, SimpleGrid, Stack } from "@mantine/core";
import type { Model, Navigation } from "../../../api/model";
import type { Members } from "../../../shell/expressions/completion";
import { shortType } from "../../../shell/expressions/completion";
import { ExpressionInput } from "../../../shell/expressions/ExpressionInput";
import type { Expansion, Selection } from "./selection";

interface SelectionTreeProps {
  model: Model;
  type: Members;
  selection: Selection;
  onChange: (selection: Selection) => void;
  /** What the tree is about, for those who do not see where it stands. */
  of: string;
}

/** $select and $expand as check boxes. No property ticked off is all of them. */
export function SelectionTree({ model, type, selection, onChange, of }: SelectionTreeProps) {
  const names = type.properties.map((property) => property.name);
  const chosen = selection.select.length === 0 ? names : selection.select;
  const tick = (name: string, isTicked: boolean) => {
    const ticked = names.filter((each) => (each === name ? isTicked : chosen.includes(each)));
    onChange({ ...selection, select: ticked.length === names.length || ticked.length === 0 ? [] : ticked });
  };
  const expand = (name: string, expansion: Expansion | undefined) =>
    onChange({ ...selection, expand: expansion && selection.expand.some((each) => each.name === name) ? selection.expand.map((each) => (each.name === name ? expansion : each)) : [...selection.expand.filter((each) => each.name !== name), ...(expansion ? [expansion] : [])] });

  return (
    <Stack gap="sm">
      <Fieldset legend={`${of}: properties`}>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3, lg: 5 }} spacing="xs" verticalSpacing="xs">
          {names.map((name) => (
            <Checkbox key={name} label={name} checked={chosen.includes(name)} onChange={(event) => tick(name, event.currentTarget.checked)} size="sm" />
          ))}
        </SimpleGrid>
      </Fieldset>
      {type.navigations.length > 0 && (
        <Fieldset legend={`${of}: related entities`}>
          <Stack gap="xs">
            {type.navigations.map((navigation) => {
              const expansion = selection.expand.find((each) => each.name === navigation.name);
              return (
                <Stack key={navigation.name} gap="xs">
                  <Checkbox
                    label={`${navigation.name} (${navigation.isCollection ? "many" : "one"} of ${shortType(navigation.type, false)})`}
                    checked={expansion !== undefined}
                    onChange={(event) => expand(navigation.name, event.currentTarget.checked ? { name: navigation.name, select: [], expand: [], options: {} } : undefined)}
                    size="sm"
                  />
                  {expansion && <Expanded model={model} navigation={navigation} expansion={expansion} onChange={(changed) => expand(navigation.name, changed)} />}
                </Stack>
              );
            })}
          </Stack>
        </Fieldset>
      )}
    </Stack>
  );
}

interface ExpandedProps {
  model: Model;
  navigation: Navigation;
  expansion: Expansion;
  onChange: (expansion: Expansion) => void;
}

function Expanded({ model, navigation, expansion, onChange }: ExpandedProps) {
  const type = model.type(navigation.type);
  if (!type) return null;
  const set = (name: string, value: string) => {
    const { [name]: _, ...others } = expansion.options;
    onChange({ ...expansion, options: value ? { ...others, [name]: value } : others });
  };
  const scope = { model, type };
  return (
    <Stack gap="sm" ms="md">
      {navigation.isCollection && (
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          <ExpressionInput label={`Filter of ${navigation.name}`} language="filter" scope={scope} value={expansion.options["filter"] ?? ""} onChange={(value) => set("filter", value)} />
          <ExpressionInput label={`Order of ${navigation.name}`} language="orderby" scope={scope} value={expansion.options["orderby"] ?? ""} onChange={(value) => set("orderby", value)} />
          <NumberInput label={`At most, of ${navigation.name}`} min={0} allowDecimal={false} value={expansion.options["top"] ?? ""} onChange={(value) => set("top", String(value))} />
        </SimpleGrid>
      )}
      <SelectionTree model={model} type={type} selection={expansion} of={navigation.name} onChange={(selection) => onChange({ ...expansion, ...selection })} />
    </Stack>
  );
}
