import { Button, Group, Popover, Stack, Text } from "@mantine/core";
import type { Column } from "../../api/tables";
import { Icon } from "../../shell/Icon";
import type { Condition } from "./conditions";
import { ConditionForm } from "./ConditionForm";
import classes from "./Grid.module.css";
import { orderItems, turned } from "./order";

interface ColumnHeadProps {
  id: string;
  index: number;
  column: Column;
  className: string;
  orderBy: string | undefined;
  onOrder: (orderBy: string | undefined) => void;
  onCondition: (condition: Condition) => void;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onClose: () => void;
}

/** A click sorts, a click with the shift key sorts by one more column; what else can be done with a column stands in its menu. The keys of the grid do the same. */
export function ColumnHead({ id, index, column, className, orderBy, onOrder, onCondition, isOpen, onOpen, onClose }: ColumnHeadProps) {
  const items = orderItems(orderBy);
  const place = items.findIndex((item) => item.expression === column.name);
  const direction = place < 0 ? "none" : items[place]!.isDescending ? "descending" : "ascending";
  const arrow = direction === "ascending" ? " ↑" : direction === "descending" ? " ↓" : "";
  const sort = (isDescending: boolean, isAdded: boolean) => {
    const others = isAdded ? items.filter((item) => item.expression !== column.name) : [];
    onOrder([...others, { expression: column.name, isDescending }].map((item) => item.expression + (item.isDescending ? " desc" : "")).join(","));
    onOpen(false);
  };
  return (
    <div id={id} role="columnheader" aria-sort={direction} aria-colindex={index + 1} aria-label={column.name} data-row={-1} data-column={index} className={`${className} ${classes["columnHead"]}`}>
      <button
        type="button"
        tabIndex={-1}
        className={classes["order"]}
        disabled={!column.isSortable}
        onClick={(event) => onOrder(turned(orderBy, column.name, event.shiftKey))}
        title={column.description ?? column.type}
      >
        {column.name}
        {arrow}
        {arrow && items.length > 1 && <sup>{place + 1}</sup>}
      </button>
      <Popover opened={isOpen} onChange={onOpen} onClose={onClose} trapFocus withArrow position="bottom-start" shadow="md" withinPortal>
        <Popover.Target>
          <button type="button" tabIndex={-1} className={classes["menu"]} aria-label={`Sort and filter ${column.name}`} onClick={() => onOpen(!isOpen)}>
            <Icon path="M6 9l6 6 6-6" />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={column.name}>
          <Stack gap="sm" w={260}>
            <Text fw={600}>{column.name}</Text>
            {column.description && <Text size="sm">{column.description}</Text>}
            {column.isSortable && (
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={() => sort(false, false)}>
                  Ascending
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => sort(true, false)}>
                  Descending
                </Button>
                {items.some((item) => item.expression !== column.name) && (
                  <>
                    <Button size="compact-sm" variant="default" onClick={() => sort(false, true)}>
                      Then ascending
                    </Button>
                    <Button size="compact-sm" variant="default" onClick={() => sort(true, true)}>
                      Then descending
                    </Button>
                  </>
                )}
              </Group>
            )}
            <ConditionForm
              column={column}
              onCondition={(condition) => {
                onOpen(false);
                onCondition(condition);
              }}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
