import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Model, Navigation } from "../../api/model";
import { countsQuery, keyOf, pathOf, type Row } from "../../api/rows";
import { tableNamed, type Table } from "../../api/tables";

interface RelatedProps {
  model: Model;
  set: Table;
  rowKey: string;
  row: Row;
  navigations: readonly Navigation[];
}

/** Where a row leads: to one row, or to a grid of those that belong to it. */
export function Related({ model, set, rowKey, row, navigations }: RelatedProps) {
  const leading = navigations.flatMap((navigation) => {
    const target = navigation.target && tableNamed(model, navigation.target);
    return target ? [{ navigation, target }] : [];
  });
  // Counting takes its time where no index helps; the links need not wait for it.
  const counts = useQuery(
    countsQuery(
      set,
      rowKey,
      leading.filter(({ navigation }) => navigation.isCollection).map(({ navigation }) => navigation.name),
    ),
  );
  if (leading.length === 0) return null;
  return (
    <Group component="nav" aria-label="Related rows" gap="md">
      {leading.map(({ navigation: { name, isCollection }, target }) => {
        if (isCollection) {
          const count = counts.data?.[`${name}@odata.count`];
          return (
            <Link key={name} to="/data/$set" params={{ set: target.name }} search={{ of: `${pathOf(set.name, rowKey)}/${name}` }}>
              {name}
              {typeof count === "number" && ` (${count.toLocaleString()})`}
            </Link>
          );
        }
        const related = row[name] as Row | null | undefined;
        return related ? (
          <Link key={name} to="/data/$set/$key" params={{ set: target.name, key: keyOf(target, related) }}>
            {name} {keyOf(target, related)}
          </Link>
        ) : (
          <Text key={name} size="sm" c="dimmed">
            no {name}
          </Text>
        );
      })}
    </Group>
  );
}
