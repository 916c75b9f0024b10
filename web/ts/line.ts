// Lines over time: the first column says when (data-value, or a year), each further column is a series. The first series is this
// year's, solid; the others dashed and grey. Labelled at their ends; the axis begins at 0.
import { axisX, axisY, gridY, lineY, plot, text } from '@observablehq/plot';
import { figure } from './figure';

interface Point { x: number; y: number; name: string; first: boolean }
const grouped = (n: number) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '.');

export async function line(table: HTMLTableElement, width: number): Promise<SVGElement> {
  const names = [...table.tHead!.rows[0].cells].map(cell => cell.textContent!.trim());
  const rows = [...table.tBodies[0].rows];
  const words = new Map<number, string>();
  const points: Point[] = [];
  rows.forEach(row => {
    const x = figure(row.cells[0]);
    words.set(x, row.cells[0].textContent!.trim());
    for (let i = 1; i < row.cells.length; i++)
      points.push({ x, y: figure(row.cells[i]), name: names[i], first: i === 1 });
  });
  const drawn = points.filter(point => Number.isFinite(point.y));
  const ends = names.slice(1).flatMap(name => drawn.filter(point => point.name === name).slice(-1));
  const ticks = [...words.keys()].sort((a, b) => a - b);
  const step = Math.ceil(ticks.length / Math.max(2, Math.floor(width / 70)));
  const style = (first: boolean) => ({
    x: 'x', y: 'y', stroke: first ? 'var(--la)' : 'var(--ke-dam)', strokeWidth: first ? 3 : 2, strokeDasharray: first ? undefined : '5 4',
  });
  const room = Math.max(56, 18 + 8 * Math.max(0, ...names.slice(2).map(name => name.length)));     // for the names at the lines' ends
  const drawing = plot({
    width, height: Math.round(Math.min(Math.max(width * 0.5, 210), 300)), marginLeft: 62, marginRight: room, marginTop: 22, marginBottom: 30,
    y: { zero: true, nice: true }, className: 'plot',
    marks: [
      gridY({ stroke: 'var(--ke)', strokeOpacity: 1, ticks: 4 }),
      axisY({ ticks: 4, tickSize: 0, tickFormat: grouped, label: null }),
      axisX({ ticks: ticks.filter((_, i) => i % step === 0), tickSize: 0, tickFormat: (x: number) => words.get(x) ?? String(x), label: null }),
      lineY(drawn.filter(point => !point.first), { ...style(false), z: 'name' }),
      lineY(drawn.filter(point => point.first), style(true)),
      text(ends.filter(end => !end.first), { x: 'x', y: 'y', text: 'name', textAnchor: 'start', dx: 8, fill: 'var(--muc-nhat)' }),
      text(ends.filter(end => end.first), { x: 'x', y: 'y', text: 'name', textAnchor: 'end', dy: -14, fill: 'var(--muc)', fontWeight: 600 }),
    ],
  });
  // Plot adds a constant <style>, which default-src 'self' refuses: scss/_charts.scss has those rules.
  drawing.querySelectorAll('style').forEach(style => style.remove());
  drawing.querySelectorAll('[aria-label]').forEach(part => part.removeAttribute('aria-label'));     // one picture, one name
  return drawing as SVGElement;
}
