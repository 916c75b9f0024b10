// On a phone .table--stack and .grid change `display`, which can take a table's meaning away from a screen reader. Roles give it back.
const ROLES: [string, string][] = [
  ['thead, tbody, tfoot', 'rowgroup'], ['tr', 'row'], ['td', 'cell'], ['thead th', 'columnheader'], ['tbody th', 'rowheader'],
];

export function tables(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>('table.table--stack, table.grid')) {
    table.setAttribute('role', 'table');
    for (const [which, role] of ROLES)
      table.querySelectorAll(which).forEach(part => part.setAttribute('role', role));
  }
}
