import { Modal, Popover, Text } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";
import { keyOf, type Row } from "../../api/rows";
import type { Column, Table } from "../../api/tables";
import { Failure } from "../../shell/Outcomes";
import { ConflictTable } from "./ConflictTable";
import classes from "./Grid.module.css";
import { useSaving } from "./useSaving";
import { Mistake, textOf, valueOf } from "./values";
import { ValueInput } from "./ValueInput";

interface CellEditorProps {
  set: Table;
  property: Column;
  row: Row;
  onDone: () => void;
}

/** One value, changed where it stands: Enter saves, Escape leaves it as it was. */
export function CellEditor({ set, property, row, onDone }: CellEditorProps) {
  const before = { row, etag: typeof row["@odata.etag"] === "string" ? row["@odata.etag"] : "*" };
  const [text, setText] = useState(() => textOf(property, row[property.name]));
  const [mistake, setMistake] = useState<string | null>(null);
  const { save, isSaving, failure, conflict } = useSaving(set, keyOf(set, row), onDone);

  const submit = () => {
    if (text === textOf(property, row[property.name])) {
      onDone();
      return;
    }
    try {
      setMistake(null);
      save({ before, changes: { [property.name]: valueOf(property, text) } });
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      setMistake(error.message);
    }
  };
  const keyed = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter") submit();
    else if (event.key === "Escape") onDone();
  };

  if (conflict)
    return (
      <Modal opened onClose={onDone} size="xl" title={`${property.name} of ${set.name} ${keyOf(set, row)}`} closeButtonProps={{ "aria-label": "Close" }}>
        <ConflictTable properties={set.columns} conflict={conflict} isSaving={isSaving} onSave={(changes) => save({ before: conflict.theirs, changes })} onGiveUp={onDone} />
      </Modal>
    );
  return (
    <Popover opened={mistake !== null || failure !== null} withinPortal position="bottom-start" shadow="md">
      <Popover.Target>
        <div className={classes["editor"]} onKeyDown={keyed} ref={(element) => element?.querySelector<HTMLElement>("input,select,textarea")?.focus()} aria-busy={isSaving}>
          <ValueInput property={property} label={property.name} isBare value={text} onChange={setText} />
        </div>
      </Popover.Target>
      <Popover.Dropdown maw={420}>{mistake ? <Text role="alert">{mistake}</Text> : failure && <Failure error={failure} />}</Popover.Dropdown>
    </Popover>
  );
}
