import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ServiceError } from "../../api/http";
import { changeRow, pathOf, readRow, type ReadRow, type Row } from "../../api/rows";
import type { Table } from "../../api/tables";

/** Somebody else has changed the row since it was read: what it was, what the user wants, and what it is now. */
export interface Conflict {
  before: Row;
  yours: Row;
  theirs: ReadRow;
}

interface Change {
  before: ReadRow;
  changes: Row;
}

/** Saves changes of one row, if it still is as it was read. */
export function useSaving(set: Table, key: string, onSaved: (stored: ReadRow) => void) {
  const queries = useQueryClient();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const path = pathOf(set.name, key);
  const saving = useMutation({
    mutationFn: ({ before, changes }: Change) => changeRow(path, changes, before.etag),
    onSuccess: (stored) => {
      setConflict(null);
      void queries.invalidateQueries({ queryKey: ["rows"] });
      onSaved(stored);
    },
    onError: async (failure, { before, changes }) => {
      if (!isOutdated(failure)) return;
      try {
        setConflict({ before: before.row, yours: changes, theirs: await readRow(path) });
      } catch {
        // It is gone, which the refusal says as well.
        setConflict(null);
      }
    },
  });
  const failure = conflict && isOutdated(saving.error) ? null : saving.error;
  return { save: saving.mutate, isSaving: saving.isPending, failure, conflict, forget: () => (setConflict(null), saving.reset()) };
}

const isOutdated = (failure: Error | null) => failure instanceof ServiceError && failure.status === 412;

export function useForgetRows(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["rows"] });
}
