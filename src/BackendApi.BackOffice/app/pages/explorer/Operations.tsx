import { Code, Stack, Table, Text, Title } from "@mantine/core";
import type { Model, Operation, Parameter } from "../../api/model";
import { shortType } from "../../shell/expressions/completion";

/** What can be called, with what it takes and gives. */
export function Operations({ title, operations, model }: { title: string; operations: readonly Operation[]; model: Model }) {
  if (operations.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2}>{title}</Title>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Takes</Table.Th>
              <Table.Th>Gives</Table.Th>
              <Table.Th>Description</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {operations.map((operation, at) => (
              <Table.Tr key={`${operation.qualifiedName} ${at}`}>
                <Table.Td>
                  <Code>{operation.name}</Code>
                </Table.Td>
                <Table.Td>
                  {operation.isFunction ? "Function" : "Action"}
                  {operation.binding && (operation.binding.isCollection ? " of the set" : " of an entity")}
                </Table.Td>
                <Table.Td>
                  {operation.parameters.map((parameter) => (
                    <Text key={parameter.name} size="sm" title={parameter.description}>
                      {parameter.name}: {typeText(parameter, model)}
                      {parameter.isOptional && ", optional"}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td>{operation.returns && shortType(operation.returns.type, operation.returns.isCollection)}</Table.Td>
                <Table.Td>{operation.description}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function typeText({ type, isCollection }: Parameter, model: Model): string {
  const enumeration = model.enumeration(type);
  return enumeration ? enumeration.members.map((member) => member.name).join(" | ") : shortType(type, isCollection);
}
