import { Button, Group, Pagination, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { listQuery, pageSize, type ListOf } from "../../api/access";
import { modelQuery } from "../../api/model";
import { Failure, Pending } from "../../shell/Outcomes";
import type { ListSearch } from "./routes";
import { useMayAdminister } from "./useMayAdminister";

interface AccessListProps<T> {
  title: string;
  about: string;
  list: ListOf;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  /** Where one more is made. */
  make: { to: "/users/new" | "/roles/new" | "/keys/new" | "/clients/new"; label: string };
  nothing: string;
  columns: readonly { title: string; cell: (row: T) => ReactNode }[];
  keyOf: (row: T) => string;
}

/** A page of a set, searched and cut by the service. */
export function AccessList<T>({ title, about, list, search, onSearch, make, nothing, columns, keyOf }: AccessListProps<T>) {
  const { search: wanted = "", page = 1 } = search;
  const { data: model } = useSuspenseQuery(modelQuery);
  const rows = useQuery(listQuery<T>(model, list, wanted, page));
  const mayAdminister = useMayAdminister();
  const [text, type] = useSearchText(wanted, (next) => onSearch(next ? { search: next } : {}));
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{title}</Title>
        {mayAdminister && (
          <Button component={Link} to={make.to}>
            {make.label}
          </Button>
        )}
      </Group>
      <Text>{about}</Text>
      <TextInput label="Search" type="search" maw={360} value={text} onChange={(event) => type(event.currentTarget.value)} />
      {rows.error ? (
        <Failure error={rows.error} reset={() => void rows.refetch()} />
      ) : !rows.data ? (
        <Pending />
      ) : rows.data.rows.length === 0 ? (
        <Text role="status">{wanted ? `Nothing is like “${wanted}”.` : page > 1 ? "This page is behind the last one." : nothing}</Text>
      ) : (
        <>
          <Table.ScrollContainer minWidth={640}>
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((column) => (
                    <Table.Th key={column.title}>{column.title}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.data.rows.map((row) => (
                  <Table.Tr key={keyOf(row)}>
                    {columns.map((column) => (
                      <Table.Td key={column.title}>{column.cell(row)}</Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Pages count={rows.data.count} page={page} onPage={(next) => onSearch({ ...(wanted ? { search: wanted } : {}), ...(next > 1 ? { page: next } : {}) })} />
        </>
      )}
    </Stack>
  );
}

/** What stands in the input: it runs ahead of the address, which one question for a word is asked by and not one for each of its letters, and follows it when that changes otherwise. */
function useSearchText(wanted: string, onSearch: (text: string) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(wanted);
  const [seen, setSeen] = useState(wanted);
  const [told, setTold] = useState(wanted);
  if (wanted !== seen) {
    setSeen(wanted);
    if (wanted !== told) setText(wanted);
  }
  const tell = useDebouncedCallback((next: string) => {
    setTold(next);
    onSearch(next);
  }, 250);
  const type = (next: string) => {
    setText(next);
    tell(next);
  };
  return [text, type];
}

function Pages({ count, page, onPage }: { count: number; page: number; onPage: (page: number) => void }) {
  const pages = Math.ceil(count / pageSize);
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {count.toLocaleString()} in all.
      </Text>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={onPage}
          getItemProps={(number) => ({ "aria-label": `Page ${number}` })}
          getControlProps={(control) => ({ "aria-label": { first: "First page", previous: "Previous page", next: "Next page", last: "Last page" }[control] })}
        />
      )}
    </Group>
  );
}
