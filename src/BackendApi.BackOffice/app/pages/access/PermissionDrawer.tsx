import { Button, Checkbox, Drawer, Group, MultiSelect, Stack, Text } from "@mantine/core";
import type { Permission } from "../../api/access";
import type { EntitySet, Model } from "../../api/model";
import { ExpressionInput } from "../../shell/expressions/ExpressionInput";
import { isAll } from "./permissions";
import { labelOf } from "./PermissionGrid";

interface PermissionDrawerProps {
  permission: Permission | undefined;
  model: Model;
  mistake: string | undefined;
  onChange: (permission: Permission) => void;
  onClose: () => void;
}

const noMembers = { properties: [], navigations: [] };

/** Which columns and rows of a set a role grants. */
export function PermissionDrawer({ permission, model, mistake, onChange, onClose }: PermissionDrawerProps) {
  const set = permission && model.set(permission.EntitySet);
  return (
    <Drawer opened={permission !== undefined} onClose={onClose} position="right" title={permission && `Columns and rows of ${labelOf({ name: permission.EntitySet })}`} closeButtonProps={{ "aria-label": "Close" }}>
      {permission && (
        <Stack>
          <Mask label="Columns that can be read" mask={permission.Readable} set={set} onChange={(Readable) => onChange({ ...permission, Readable })} />
          <Mask label="Columns that can be written" mask={permission.Writable} set={set} onChange={(Writable) => onChange({ ...permission, Writable })} />
          <ExpressionInput
            label="Rows"
            description="A filter: rows that do not satisfy it are not there. @name is the caller's name, @country the claim country. Empty is all rows."
            placeholder="Country eq @country"
            language="filter"
            scope={{ model, type: set ?? noMembers, names: ["@name"] }}
            isMultiline
            value={permission.RowFilter ?? ""}
            error={mistake}
            onChange={(filter) => onChange({ ...permission, RowFilter: filter || null })}
          />
          <Text size="sm" c="dimmed">
            It is stored with the rest of the role, by Save.
          </Text>
          <Group>
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Drawer>
  );
}

function Mask({ label, mask, set, onChange }: { label: string; mask: string[]; set: EntitySet | undefined; onChange: (mask: string[]) => void }) {
  const names = set?.properties.map((property) => property.name) ?? [];
  const every = isAll(mask);
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Checkbox label="All, also those that come later" checked={every} disabled={!set && every} onChange={() => onChange(every ? names : ["*"])} />
      {!every && <MultiSelect aria-label={label} searchable data={[...new Set([...names, ...mask])]} value={mask} onChange={onChange} nothingFoundMessage="No column is called so" />}
    </Stack>
  );
}
