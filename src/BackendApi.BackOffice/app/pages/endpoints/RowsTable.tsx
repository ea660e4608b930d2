import { Table } from "@mantine/core";
import classes from "./editor/Editor.module.css";

/** A few rows to look at. */
export function RowsTable({ caption, columns, rows }: { caption: string; columns: readonly string[]; rows: readonly string[] }) {
  const read = rows.map((row) => JSON.parse(row) as Record<string, unknown>);
  return (
    <Table.ScrollContainer minWidth={Math.min(columns.length, 8) * 120} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table withTableBorder captionSide="top" aria-label={caption}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {read.map((row, index) => (
            <Table.Tr key={index}>
              {columns.map((column) => (
                <Table.Td key={column} className={classes["cell"]}>
                  {shown(row[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
