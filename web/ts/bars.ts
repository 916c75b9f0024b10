// One bar a row, as long as the figure of the second column; the first row ("Tất cả") is the sum of the others and has none.
import { axisY, barX, plot, ruleX, text } from '@observablehq/plot';
import { figure } from './figure';

export async function bars(table: HTMLTableElement, width: number): Promise<SVGElement> {
  const rows = [...table.tBodies[0].rows].filter(row => !row.classList.contains('total'));
  const drawn = rows.map(row => ({ name: row.cells[0].textContent!.trim(), n: figure(row.cells[1]), shown: row.cells[1].textContent!.trim() }));
  const most = Math.max(1, ...drawn.map(bar => bar.n || 0));
  const room = Math.min(Math.round(width * 0.45), 12 + 8 * Math.max(0, ...drawn.map(bar => bar.name.length)));
  const short = (name: string) => name.length * 8 > room - 12 ? `${name.slice(0, Math.max(4, Math.floor((room - 20) / 8)))}…` : name;
  const drawing = plot({
    width, height: 28 * drawn.length + 8, marginLeft: room, marginRight: 74, marginTop: 4, marginBottom: 4, className: 'plot',
    x: { domain: [0, most], axis: null }, y: { domain: drawn.map(bar => bar.name), padding: 0.35 },
    marks: [
      axisY({ tickSize: 0, label: null, tickFormat: short }),
      barX(drawn.filter(bar => bar.n > 0), { x: 'n', y: 'name', fill: 'var(--la)' }),
      ruleX([0], { stroke: 'var(--ke-dam)' }),
      text(drawn, { x: bar => bar.n || 0, y: 'name', text: 'shown', textAnchor: 'start', dx: 6, fill: 'var(--muc)' }),
    ],
  });
  drawing.querySelectorAll('style').forEach(style => style.remove());         // scss/_charts.scss has those rules
  drawing.querySelectorAll('[aria-label]').forEach(part => part.removeAttribute('aria-label'));
  return drawing as SVGElement;
}
