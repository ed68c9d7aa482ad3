// The columns of the table: which there are, and which of them this device shows.

export type ColumnId =
  | "symbol" | "side" | "status" | "opened" | "closed" | "held" | "quantity" | "entry" | "exit"
  | "gross" | "costs" | "net" | "r" | "mae" | "mfe" | "fills" | "tags" | "account";

export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  /** Pixels; `grow` columns share what is left. */
  readonly width: number;
  readonly grow?: true;
  readonly numeric?: true;
  /** What `sort` of the API calls it. */
  readonly sort?: "opened_at" | "closed_at" | "net_pnl";
  /** Shown until somebody chooses otherwise. */
  readonly usual: boolean;
  /** Cannot be hidden: it names the row. */
  readonly fixed?: true;
}

export const COLUMNS: readonly Column[] = [
  { id: "symbol", label: "Symbol", width: 132, usual: true, fixed: true },
  { id: "side", label: "Side", width: 60, usual: true },
  { id: "status", label: "Status", width: 68, usual: true },
  { id: "opened", label: "Opened", width: 212, sort: "opened_at", usual: false },
  { id: "closed", label: "Closed", width: 212, sort: "closed_at", usual: true },
  { id: "held", label: "Held", width: 84, numeric: true, usual: true },
  { id: "quantity", label: "Size", width: 76, numeric: true, usual: true },
  { id: "entry", label: "Entry", width: 96, numeric: true, usual: true },
  { id: "exit", label: "Exit", width: 96, numeric: true, usual: true },
  { id: "gross", label: "Gross P&L", width: 108, numeric: true, usual: false },
  { id: "costs", label: "Costs", width: 84, numeric: true, usual: false },
  { id: "net", label: "Net P&L", width: 104, numeric: true, sort: "net_pnl", usual: true },
  { id: "r", label: "R", width: 60, numeric: true, usual: true },
  { id: "mae", label: "MAE", width: 96, numeric: true, usual: false },
  { id: "mfe", label: "MFE", width: 96, numeric: true, usual: false },
  { id: "fills", label: "Fills", width: 52, numeric: true, usual: false },
  { id: "tags", label: "Tags", width: 100, grow: true, usual: true },
  { id: "account", label: "Account", width: 130, usual: false },
];

/** The ids that are shown; always some, in the order of the table. */
export type Shown = readonly ColumnId[];

export const USUAL: Shown = COLUMNS.filter((column) => column.usual).map((column) => column.id);

/** Reads what was kept; a column of a later or an earlier version of the product is passed over. */
export function parseShown(text: string | null): Shown {
  if (text === null) return USUAL;
  const kept = new Set(text.split(","));
  return COLUMNS.filter((column) => column.fixed ?? kept.has(column.id)).map((column) => column.id);
}

export function writeShown(shown: Shown): string {
  return shown.join(",");
}

export function toggleColumn(shown: Shown, id: ColumnId): Shown {
  const next = new Set(shown);
  if (!next.delete(id)) next.add(id);
  return parseShown([...next].join(","));
}

/** The columns shown, with what a grid needs. */
export function layOut(shown: Shown): { readonly columns: readonly Column[]; readonly template: string; readonly width: number } {
  const columns = COLUMNS.filter((column) => shown.includes(column.id));
  const template = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `minmax(${width}px, ${width}fr)`)).join(" ");
  return { columns, template, width: columns.reduce((sum, column) => sum + column.width, 0) };
}

/** What `sort` becomes when the head of a column is pressed: the latest first, then the other way round. */
export function nextSort(column: Column, current: string | undefined): string | undefined {
  if (!column.sort) return current;
  return (current ?? "-closed_at") === `-${column.sort}` ? column.sort : `-${column.sort}`;
}

export function ariaSort(column: Column, current: string | undefined): "ascending" | "descending" | "none" | undefined {
  if (!column.sort) return undefined;
  const sort = current ?? "-closed_at";
  return sort === column.sort ? "ascending" : sort === `-${column.sort}` ? "descending" : "none";
}
