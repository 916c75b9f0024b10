// The rows that are in sight, and a dozen either side, as a table: two thousand people cost what sixty do. The row in hand has boxes,
// the others plain text. Who moves, types and saves is grid.ts.
import { read, Row, Rule } from './grid_row';

const BESIDE = 10;

export class Table {
  visible: Row[] = [];
  private shown = new Map<Row, HTMLTableRowElement>();
  private readonly body: HTMLTableSectionElement;
  private readonly css: string[];
  private readonly top = spacer();
  private readonly bottom = spacer();
  private height = 33;
  private first = 0;
  private readonly n: number;              // indicators
  private planned = false;
  private fitted = '';

  constructor(readonly table: HTMLTableElement, private readonly rule: Rule, private readonly canWrite: (row: Row) => boolean) {
    this.body = table.tBodies[0];
    this.n = rule.most.length;
    this.css = [...table.tHead!.rows[1].querySelectorAll('th.s')].map(cell => cell.className);
    window.addEventListener('scroll', () => this.plan(), { passive: true });
    window.addEventListener('resize', () => { this.measure(); this.plan(); });
  }

  // The row in hand: -1 none.
  here = -1;

  private plan(): void {
    if (this.planned)
      return;
    this.planned = true;
    requestAnimationFrame(() => { this.planned = false; this.render(); });
  }

  // Which rows stand where the window is. Rows of the same person keep their element, so the focus stays.
  render(afresh = false): void {
    const from = Math.max(0, Math.floor(-this.body.getBoundingClientRect().top / this.height) - BESIDE);
    const count = Math.ceil(window.innerHeight / this.height) + 2 * BESIDE;
    const first = Math.max(0, Math.min(from, this.visible.length - count)), rows = this.visible.slice(first, first + count);
    if (afresh)
      this.shown.clear();
    const before = this.shown;
    if (!afresh && first === this.first && rows.length === before.size && rows.every(row => before.has(row))) {
      this.fit();                          // more may have come below
      return;
    }
    this.first = first;
    this.shown = new Map(rows.map((row, i) => [row, before.get(row) ?? this.make(row, first + i)]));
    this.fit();
    const wanted = [this.top, ...this.shown.values(), this.bottom];
    if (afresh)
      this.body.replaceChildren(...wanted);
    else
      arrange(this.body, wanted);
    if (!before.size || afresh)
      this.measure();                      // lays the page out: not while somebody scrolls
  }

  private fit(): void {
    const now = `${this.first} ${this.shown.size} ${this.visible.length} ${this.height}`;
    if (now === this.fitted)
      return;
    this.fitted = now;
    size(this.top, this.first * this.height);
    size(this.bottom, (this.visible.length - this.first - this.shown.size) * this.height);
    this.table.setAttribute('aria-rowcount', String(this.visible.length + 2));
  }

  private measure(): void {
    const one = this.shown.values().next().value?.getBoundingClientRect().height;
    if (one && Math.abs(one - this.height) > 0.5) {
      this.height = one;
      this.fit();
    }
  }

  element(row: Row): HTMLTableRowElement | undefined { return this.shown.get(row); }

  // Made again as it is now: plain or with boxes.
  redo(row: Row): void {
    const old = this.shown.get(row), index = this.visible.indexOf(row);
    if (!old)
      return;
    const made = this.make(row, index);
    this.shown.set(row, made);
    old.replaceWith(made);
  }

  // What follows from the boxes: sums, words, colours; the boxes themselves are left alone.
  refresh(row: Row): void {
    const tr = this.shown.get(row);
    if (tr)
      this.fill(row, tr);
  }

  // The row is brought into sight, between the head and the bar.
  reveal(index: number): void {
    const head = this.table.tHead!.rows[1].getBoundingClientRect().height, bar = this.table.nextElementSibling!.getBoundingClientRect().height;
    const above = this.body.getBoundingClientRect().top + index * this.height, below = above + this.height - (window.innerHeight - bar - 4);
    if (above < head + 4)
      window.scrollBy(0, above - head - 4);
    else if (below > 0)
      window.scrollBy(0, below);
    this.render();
  }

  private make(row: Row, index: number): HTMLTableRowElement {
    const tr = document.createElement('tr'), name = document.createElement('th'), link = document.createElement('a'), year = document.createElement('small');
    const boxes = index === this.here && this.canWrite(row);
    tr.setAttribute('aria-rowindex', String(index + 3));
    tr.append(cell('num stt', String(index + 1)), name);
    name.scope = 'row';
    link.href = row.mode === 'xet' && row.wire.version ? `/xet/${row.wire.id}/${row_round(this.table)}` : `/phieu/${row.wire.id}/${row_round(this.table)}`;
    link.textContent = row.wire.name;
    link.tabIndex = index === this.here ? 0 : -1;                      // Shift + Tab from the first box
    year.textContent = String(row.wire.year);
    name.append(link, ' ', year);
    for (let i = 0; i < this.n; i++)
      tr.append(boxes ? this.box(row, i) : this.plain(i));
    tr.append(cell('num sum'), cell('result', '', 'span'), cell('state-cell', '', 'span'), cell('saved-cell', '', 'span'));
    tr.classList.toggle('is-row', index === this.here);
    tr.classList.toggle('is-fifth', index % 5 === 4);
    this.fill(row, tr);
    return tr;
  }

  private plain(i: number): HTMLTableCellElement {
    const td = cell(this.css[i]);
    td.dataset.column = String(i);
    td.tabIndex = -1;
    return td;
  }

  private box(row: Row, i: number): HTMLTableCellElement {
    const td = cell(this.css[i]), input = document.createElement('input');
    td.dataset.column = String(i);
    input.type = 'text';
    input.inputMode = 'numeric';
    input.autocomplete = 'off';
    input.maxLength = 4;
    input.value = row.typed[i];
    input.setAttribute('aria-label', `${row.wire.name}, chỉ số ${i + 1}`);
    td.append(input);
    return td;
  }

  private fill(row: Row, tr: HTMLTableRowElement): void {
    const cells = tr.cells, end = 2 + this.n, { text, css } = row.verdict();
    for (let i = 0; i < this.n; i++)
      this.fillScore(row, i, cells[2 + i]);
    set(cells[end], row.sum());
    const verdict = cells[end + 1].firstElementChild as HTMLElement, state = cells[end + 2].firstElementChild as HTMLElement;
    set(verdict, text);
    verdict.className = css;
    set(state, row.wire.word);
    state.className = row.wire.state === 'none' ? 'wait' : `state state--${row.wire.state}`;
    const saved = cells[end + 3].firstElementChild as HTMLElement;
    set(saved, row.word());
    saved.className = row.isUnsaved() && row.status !== 'saving' ? 'unsaved' : 'saved';
    tr.classList.toggle('is-proposed', row.proposed);
  }

  private fillScore(row: Row, i: number, td: HTMLTableCellElement): void {
    const { score, fault } = read(row.typed[i], this.rule.most[i]), input = td.firstElementChild instanceof HTMLInputElement ? td.firstElementChild : null;
    const self = row.wire.self[i] ?? null, changed = row.mode === 'xet' && score !== null && self !== null && self !== score;
    td.classList.toggle('is-low', score !== null && score < this.rule.each);
    td.classList.toggle('is-changed', changed);
    td.classList.toggle('is-fault', !!fault);
    td.classList.toggle('is-empty', !row.typed[i]);
    if (input) {
      if (input.value !== row.typed[i])
        input.value = row.typed[i];
      input.toggleAttribute('aria-invalid', !!fault);
      if (fault)
        input.setAttribute('aria-invalid', 'true');
      return;
    }
    const words = row.typed[i] || '·';
    if (td.firstChild?.textContent !== words || td.childNodes.length !== (changed ? 2 : 1))
      td.replaceChildren(words, ...changed ? [hidden(` tự chấm ${self}`)] : []);
  }
}

const row_round = (table: HTMLTableElement) => table.closest<HTMLElement>('[data-round]')!.dataset.round;

function spacer(): HTMLTableRowElement {
  const tr = document.createElement('tr');
  tr.className = 'spacer';
  tr.setAttribute('aria-hidden', 'true');
  tr.append(document.createElement('td'));
  return tr;
}

// By the style object, which the policy allows: an attribute would be refused.
function size(tr: HTMLTableRowElement, px: number): void {
  tr.hidden = px <= 0;
  tr.cells[0].style.height = `${Math.max(0, px)}px`;
}

function cell(css: string, text = '', inner = ''): HTMLTableCellElement {
  const td = document.createElement('td');
  td.className = css;
  if (inner)
    td.append(document.createElement(inner));
  else
    td.textContent = text;
  return td;
}

function hidden(text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = 'govuk-visually-hidden';
  span.textContent = text;
  return span;
}

function set(place: Element, text: string): void {
  if (place.textContent !== text)
    place.textContent = text;
}

// The children in that order; those that stay are not moved, so that the focus stays in them.
function arrange(parent: HTMLElement, wanted: HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  [...parent.children].forEach(child => { if (!keep.has(child)) child.remove(); });
  let at = parent.firstElementChild;
  for (const child of wanted) {
    if (child === at)
      at = at.nextElementSibling;
    else
      parent.insertBefore(child, at);
  }
}
