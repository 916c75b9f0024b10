// A map by code: each row of the table has data-code, its value stands in the cell with data-of-map (or the last). data-map is the
// address of the boundaries. Rows with data-pin get their number on the map, pushed apart where they would touch.
import { geoMercator, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { figure } from './figure';

const SVG = 'http://www.w3.org/2000/svg';
type Shape = GeometryCollection<{ code: string; name: string }>;
const lands = new Map<string, Promise<Topology>>();       // fetched once, drawn at every width
interface Pin { x: number; y: number; word: string }

function add(parent: Element, name: string, attributes: Record<string, string | number>, words?: string): Element {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, String(value));
  if (words !== undefined)
    element.textContent = words;
  parent.append(element);
  return element;
}

// Pairs that touch move apart by half of what they overlap; forty rounds settle a dozen pins.
function apart(pins: Pin[], distance: number): void {
  for (let round = 0; round < 40; round++)
    for (const a of pins)
      for (const b of pins) {
        const dx = b.x - a.x || 0.01, dy = b.y - a.y || 0.01, far = Math.hypot(dx, dy);
        if (a === b || far >= distance)
          continue;
        const half = (distance - far) / 2 / far;
        a.x -= dx * half; a.y -= dy * half;
        b.x += dx * half; b.y += dy * half;
      }
}

export async function map(table: HTMLTableElement, width: number): Promise<SVGElement> {
  const address = table.dataset.map ?? '';
  if (!lands.has(address))
    lands.set(address, fetch(address).then(answer => answer.json()));
  const land = await lands.get(address)!;
  const shape = Object.values(land.objects)[0] as Shape;
  const bounds = (table.dataset.bounds ?? '').split(' ').filter(Boolean).map(Number);
  const rows = new Map([...table.querySelectorAll<HTMLTableRowElement>('tr[data-code]')].map(row => [row.dataset.code, row]));
  const unit = table.dataset.unit ?? '';
  const places = feature(land, shape);
  const projection = geoMercator().fitWidth(width - 4, places);
  const path = geoPath(projection).digits(1);
  const [[, top], [, bottom]] = path.bounds(places);
  const height = Math.ceil(bottom - top) + 4;
  const svg = add(document.createElement('div'), 'svg', { class: 'communes', width, height, viewBox: `-2 ${Math.floor(top) - 2} ${width} ${height}` });
  const pins: Pin[] = [];
  for (const place of places.features) {
    const row = rows.get(place.properties.code);
    const cell = row?.querySelector<HTMLElement>('[data-of-map]') ?? row?.cells[row.cells.length - 1];
    const value = figure(cell);
    const step = Number.isFinite(value) ? `b${bounds.filter(bound => value >= bound).length + 1}` : 'none';
    const area = add(svg, 'path', { class: step, d: path(place) ?? '' });
    add(area, 'title', {}, `${place.properties.name}: ${Number.isFinite(value) ? cell!.textContent!.trim() + (cell!.dataset.value ? unit : '') : 'chưa có số liệu'}`);
    if (row?.dataset.pin) {
      const [x, y] = path.centroid(place);
      pins.push({ x, y, word: row.dataset.pin });
    }
  }
  add(svg, 'path', { class: 'edge', d: path(mesh(land, shape, (a, b) => a === b)) ?? '' });
  apart(pins, 25);
  for (const pin of pins) {
    const group = add(svg, 'g', { class: 'pin' });
    add(group, 'circle', { cx: pin.x.toFixed(1), cy: pin.y.toFixed(1), r: 11 });
    add(group, 'text', { x: pin.x.toFixed(1), y: (pin.y + 5).toFixed(1) }, pin.word);
  }
  return svg as SVGElement;
}
