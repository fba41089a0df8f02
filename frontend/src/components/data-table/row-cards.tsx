import type { DataTableProps } from "./data-table";
import classes from "./data-table.module.css";

export function RowCards<Row>({ label, columns, rows, rowKey, actions }: DataTableProps<Row>) {
  const primary = columns.find((column) => column.primary);
  const others = columns.filter((column) => !column.primary);

  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes.card}>
          <div className={classes.cardHead}>
            <strong>{primary?.cell(row)}</strong>
            {actions && <div className={classes.actions}>{actions(row)}</div>}
          </div>
          <dl className={classes.cardFacts}>
            {others.map((column) => (
              <div key={column.header}>
                <dt>{column.header}</dt>
                <dd>{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
