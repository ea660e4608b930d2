import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { previewQuery } from "../../api/configurations";
import { Failure, Pending } from "../../shell/Outcomes";
import { RowsTable } from "./RowsTable";

/** The first rows of a table as the database has them. */
export function TablePreview({ table, rows }: { table: string; rows?: number }) {
  const preview = useQuery(previewQuery(table));
  if (preview.error) return <Failure error={preview.error} reset={() => void preview.refetch()} />;
  if (!preview.data) return <Pending />;
  if (preview.data.Rows.length === 0) return <Alert color="gray">The table has no rows yet.</Alert>;
  return <RowsTable caption={`The first rows of ${table}`} columns={preview.data.Columns.map((column) => column.Name)} rows={preview.data.Rows.slice(0, rows)} />;
}
