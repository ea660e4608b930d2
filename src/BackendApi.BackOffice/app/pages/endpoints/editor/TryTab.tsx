import { Alert, List, SegmentedControl, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Failure, Pending } from "../../../shell/Outcomes";
import { RowsTable } from "../RowsTable";
import classes from "./Editor.module.css";
import type { TrialState } from "./useTrial";

/** The endpoint as clients would find it, before anything is published. */
export function TryTab({ trial }: { trial: TrialState }) {
  const [format, setFormat] = useState("Table");
  if (trial.error) return <Failure error={trial.error} />;
  if (!trial.result) return <Pending />;
  const { EntitySet, Problems, Properties, Navigations, Rows } = trial.result;
  if (EntitySet === null || Problems.length > 0) return <Alert color="yellow">There are mistakes. Once they are mended, the rows are here.</Alert>;
  return (
    <Stack aria-busy={!trial.isCurrent}>
      <Text>
        The first rows of <strong>{EntitySet}</strong> as clients would read them. Nothing is published yet.
      </Text>
      <SegmentedControl aria-label="Show the rows as" data={["Table", "JSON"]} value={format} onChange={setFormat} w="fit-content" />
      {Rows.length === 0 ? (
        <Alert color="gray">{"No row is left. The table is empty, or the row filter leaves none."}</Alert>
      ) : format === "Table" ? (
        <RowsTable caption="Rows as they would be served" columns={topOf(Properties.map((property) => property.Name))} rows={Rows} />
      ) : (
        <pre className={classes["json"]} tabIndex={0} aria-label="Rows as JSON">
          {Rows.map((row) => JSON.stringify(JSON.parse(row), null, 2)).join(",\n")}
        </pre>
      )}
      <Title order={2} size="h4">
        Properties
      </Title>
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Property</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Column</Table.Th>
              <Table.Th>Null</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Properties.map((property) => (
              <Table.Tr key={property.Name}>
                <Table.Td>
                  {property.Name}
                  {property.IsKey && " (key)"}
                </Table.Td>
                <Table.Td>{property.Type}</Table.Td>
                <Table.Td>{property.Column}</Table.Td>
                <Table.Td>{property.IsNullable ? "allowed" : "never"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Title order={2} size="h4">
        Relations
      </Title>
      {Navigations.length === 0 ? (
        <Text>None.</Text>
      ) : (
        <List>
          {Navigations.map((navigation) => (
            <List.Item key={navigation.Name}>
              {navigation.Name}: {navigation.IsCollection ? "many of" : "one of"} {navigation.Target}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

/** A complex property is one column. */
function topOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.split("/")[0]!))];
}
