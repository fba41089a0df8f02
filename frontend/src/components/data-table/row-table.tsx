import { Table, VisuallyHidden } from "@mantine/core";
import type { DataTableProps } from "./data-table";
import classes from "./data-table.module.css";

export function RowTable<Row>({ label, columns, rows, rowKey, actions }: DataTableProps<Row>) {
  return (
    <div className={classes.scroll}>
      <Table className={classes.table} highlightOnHover verticalSpacing={4} horizontalSpacing="md">
        <caption>
          <VisuallyHidden>{label}</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th
                key={column.header}
                scope="col"
                data-numeric={column.numeric}
                data-minor={column.minor}
              >
                {column.header}
              </Table.Th>
            ))}
            {actions && (
              <Table.Th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((column) => {
                const Cell = column.primary ? Table.Th : Table.Td;
                return (
                  <Cell
                    key={column.header}
                    data-numeric={column.numeric}
                    data-minor={column.minor}
                    {...(column.primary && { scope: "row" })}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
              {actions && <Table.Td className={classes.actions}>{actions(row)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
