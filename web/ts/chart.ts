// Only on pages with figures. A chart is drawn from the table beside it, never from data of its own, so that both always agree and
// the links of the table stay the only way in. table[data-chart] is bars, line or map; data-title is the finding.
// Each kind is a file of its own: a page with a map alone does not load what draws lines.
type Draw = (table: HTMLTableElement, width: number) => Promise<SVGElement>;
const KINDS: Record<string, () => Promise<Draw>> = {
  bars: async () => (await import('./bars')).bars,
  line: async () => (await import('./line')).line,
  map: async () => (await import('./map')).map,
};

async function draw(table: HTMLTableElement, kind: Draw): Promise<void> {
  const figure = document.createElement('figure');
  figure.className = 'chart';
  const place = table.closest('.scroll') ?? table;
  place.before(figure);
  let width = 0;
  const paint = async () => {
    const now = Math.min(Math.round(figure.clientWidth), 640);
    if (now < 80 || now === width)
      return;
    width = now;
    const svg = await kind(table, width);       // drawn at the width it has: text keeps its 15 px on a phone
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', table.dataset.title ?? table.caption?.textContent ?? '');
    figure.replaceChildren(svg, ...legend(table));
  };
  await paint();
  new ResizeObserver(() => void paint()).observe(figure);
}

// Five fixed steps whose bounds mean something: data-bounds="40 45 50 60", data-unit=" %".
function legend(table: HTMLTableElement): Element[] {
  const bounds = (table.dataset.bounds ?? '').split(' ').filter(Boolean);
  if (!bounds.length)
    return [];
  const list = document.createElement('ul');
  const unit = table.dataset.unit ?? '';
  list.className = 'legend';
  for (let i = 0; i <= bounds.length; i++) {
    const item = document.createElement('li');
    item.innerHTML = '<svg width="20" height="16" aria-hidden="true"><rect width="20" height="16" rx="2"/></svg>';
    item.querySelector('rect')!.setAttribute('class', `b${i + 1}`);
    item.append(i === 0 ? `dưới ${bounds[0]}${unit}` : i === bounds.length ? `từ ${bounds[i - 1]}${unit}` : `${bounds[i - 1]} – ${bounds[i]}`);
    list.append(item);
  }
  return [list];
}

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-chart]')) {
  const kind = KINDS[table.dataset.chart ?? ''];
  if (kind)
    kind().then(paint => draw(table, paint)).catch(() => undefined);   // the table alone says everything
}
