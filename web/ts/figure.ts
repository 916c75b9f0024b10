// A number as a page writes it: 1.236 is a thousand and 49,7 % is a part; data-value, when given, is plain.
export function figure(cell: HTMLElement | null | undefined): number {
  if (!cell)
    return NaN;
  const text = cell.dataset.value ?? (cell.textContent ?? '').replace(/\./g, '').replace(',', '.').replace(/[^\d.−-]/g, '').replace('−', '-');
  return text === '' ? NaN : Number(text);
}
