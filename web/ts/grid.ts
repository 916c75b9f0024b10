// The grid by keyboard (src/title/grid/grid_live.html). At a desk it takes the place of the plain form, which works without it and on
// phones; the texts stand in the page, the rows come as JSON, each is sent when it is left, and shows what became of it.
//
//   digits        go into the box and on to the next one when no other can follow (of 0 to 10: after 1 a 0 makes 10); the last box goes
//                 on to the next row
//   ← → ↑ ↓ Home End PageUp PageDown, Ctrl + Home, Ctrl + End      from box to box, row to row
//   Enter         saves the row (review: agrees to it; a proposal: confirms it) and goes down; Esc drops what is not saved of it
//   Ctrl + V      a block from a spreadsheet, from the box in hand; Ctrl + Z undoes the last change
//
// A key that belongs to an input method (Telex, VNI) is never ours: digits are read from the box, not from keys.
import { isWhole, read, REASON_MIN, Row, Rule, Mode } from './grid_row';
import { Sender } from './grid_send';
import { Table } from './grid_table';

interface Before { row: Row; typed: string[]; reason: string; proposed: boolean }
interface Step { before: Before[]; key: string }

const HISTORY = 300;
const UNDONE = 'Hoàn lại điểm vừa lưu trước đó';
const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;
const fold = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();

class Grid {
  private readonly rows: Row[] = [];
  private readonly mode: Mode;
  private readonly rule: Rule;
  private readonly table: Table;
  private readonly sender: Sender;
  private readonly undos: Step[] = [];
  private readonly keep: string;           // of this tab: what is typed and not saved outlives a reload and a new session
  private column = 0;
  private advanced = false;                // the box before this one was left by its own digit
  private keeping = 0;
  private note = '';                       // stands until the next key

  constructor(private readonly root: HTMLElement) {
    const { grid, mode, round, unit, token, passSum, passEach, most } = root.dataset;
    this.mode = mode as Mode;
    this.rule = { sum: Number(passSum), each: Number(passEach), most: most!.split(' ').map(Number) };
    this.keep = `luoi/${unit}/${round}/${mode}`;
    this.table = new Table(root.querySelector('table.grid--live')!, this.rule, row => this.canWrite(row));
    this.sender = new Sender(grid!, round!, token!, () => this.help(), row => this.changed(row));
    this.listen();
  }

  private get count(): number { return this.rule.most.length; }          // indicators
  private find<T extends HTMLElement>(which: string): T { return this.root.querySelector<T>(which)!; }
  private get visible(): Row[] { return this.table.visible; }
  private get row(): Row | undefined { return this.visible[this.table.here]; }
  private canWrite(row: Row): boolean { return !this.root.dataset.closed && row.isWritable(); }

  // ---- rows come ----

  async load(): Promise<void> {
    let after = 0;
    do {
      const page = await this.sender.page(after).catch(() => null);
      if (!page) {
        this.tell('Chưa tải được danh sách. Tải lại trang, hoặc đăng nhập lại.');
        return;
      }
      const kept = this.kept();
      for (const wire of page.rows) {
        const row = new Row(wire, this.mode, this.rule);
        this.restore(row, kept[wire.id]);
        this.rows.push(row);
      }
      this.filter(false);
      if (!after && this.visible.length)
        this.go(Math.max(0, this.visible.findIndex(row => this.canWrite(row))), 0);
      after = page.next;
    } while (after);
    this.root.dataset.loaded = '';
  }

  private kept(): Record<number, { typed: string[]; reason: string; version: number; proposed: boolean }> {
    try { return JSON.parse(sessionStorage.getItem(this.keep) ?? '{}'); } catch { return {}; }
  }

  private restore(row: Row, kept?: { typed: string[]; reason: string; version: number; proposed: boolean }): void {
    if (!kept || !this.canWrite(row) || kept.typed.length !== this.count || kept.typed.every((text, i) => text === row.typed[i]))
      return;
    row.typed = kept.typed;
    row.reason = kept.reason;
    row.proposed = kept.proposed;
    row.status = kept.proposed ? 'proposed' : 'dirty';
    row.say = 'Điểm gõ lần trước, chưa lưu.';
    if (kept.version !== row.wire.version) {
      row.status = 'conflict';
      row.theirs = { row: row.wire, by: 'Người khác', at: '' };
    }
  }

  private store(): void {
    window.clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => this.storeNow(), 150);
  }
  private storeNow(): void {
    const unsaved = this.rows.filter(row => row.isUnsaved() && (row.isChanged() || row.proposed));
    sessionStorage.setItem(this.keep, JSON.stringify(Object.fromEntries(unsaved.map(row => [row.wire.id,
      { typed: row.typed, reason: row.reason, version: row.wire.version, proposed: row.proposed }]))));
  }

  // ---- who is shown ----

  private matches(row: Row, name: string, which: string): boolean {
    const scores = row.scores();
    return fold(row.wire.name).includes(name) && (which === 'tat-ca' || (which === 'con-thieu' && scores.includes(null)) ||
      (which === 'can-xem' && row.isUnsaved()) || (which === 'cho-xet' && row.wire.state === 'submitted') ||
      (which === 'chua-dat' && !scores.includes(null) && row.verdict().css === 'fail'));
  }

  private filter(afresh = true): void {
    const name = fold(this.find<HTMLInputElement>('#tim').value.trim()), which = this.find<HTMLSelectElement>('#loc').value, row = this.row;
    this.table.visible = this.rows.filter(one => this.matches(one, name, which));
    this.table.here = row ? this.visible.indexOf(row) : -1;
    this.table.render(afresh);
    const total = Number(this.root.dataset.total), shown = this.visible.length;
    this.find('[data-count]').textContent = this.rows.length < total ? `Đang tải ${this.rows.length}/${total} người` : shown < this.rows.length
      ? `Đang xem ${shown} trong ${this.rows.length} người` : '';
  }

  // ---- from box to box ----

  private go(index: number, column: number, focus = true): void {
    const at = Math.max(0, Math.min(index, this.visible.length - 1)), old = this.row;
    this.column = Math.max(0, Math.min(column, this.count - 1));
    if (!this.visible.length)
      return;
    if (this.table.here !== at) {
      this.table.reveal(at);               // measures before anything is written, so that nothing is laid out twice
      this.table.here = at;
      if (old)
        this.table.redo(old);
      this.table.redo(this.row!);
      if (old)
        this.save(old, false);
    } else if (!this.table.element(this.row!))
      this.table.reveal(at);               // scrolled away
    if (focus)
      this.focus();
    this.bar();
  }

  private focus(): void {
    const td = this.table.element(this.row!)?.cells[2 + this.column], input = td?.querySelector('input');
    if (input) {
      input.focus({ preventScroll: true });
      input.select();
    } else
      td?.focus({ preventScroll: true });
  }

  private advance(): void {
    const last = this.column === this.count - 1, row = this.row!;
    if (!last)
      this.go(this.table.here, this.column + 1);
    else if (this.needsReason(row))
      this.find<HTMLInputElement>('[data-reason]').focus();
    else
      this.go(this.table.here + 1, 0);
    this.advanced = !last;
  }

  private keys(event: KeyboardEvent): void {
    if (isComposing(event) || event.altKey || !this.row)
      return;
    const control = event.ctrlKey || event.metaKey, here = this.table.here, page = 20;
    const moves: Record<string, () => void> = control ? {
      Home: () => this.go(0, 0), End: () => this.go(this.visible.length - 1, 0), z: () => this.undo(),
    } : {
      ArrowDown: () => this.go(here + 1, this.column), ArrowUp: () => this.go(here - 1, this.column),
      ArrowRight: () => this.go(here, this.column + 1), ArrowLeft: () => this.go(here, this.column - 1),
      Home: () => this.go(here, 0), End: () => this.go(here, this.count - 1),
      PageDown: () => this.go(here + page, this.column), PageUp: () => this.go(here - page, this.column),
      Enter: () => this.confirm(), Escape: () => this.drop(),
    };
    const move = moves[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!move)
      return;
    event.preventDefault();
    this.advanced = false;
    move();
  }

  // ---- what is typed ----

  private remember(rows: Row[], key = ''): void {
    const last = this.undos[this.undos.length - 1];
    if (key && last?.key === key)
      return;                              // 1, then 0: one change
    this.undos.push({ key, before: rows.map(row => ({ row, typed: [...row.typed], reason: row.reason, proposed: row.proposed })) });
    if (this.undos.length > HISTORY)
      this.undos.shift();
  }

  private put(row: Row, column: number, text: string): void {
    this.remember([row], `${row.wire.id}/${column}/${row.wire.version}`);
    row.typed[column] = text;
    row.status = 'dirty';
    row.say = '';
    this.changed(row);
  }

  private typed(input: HTMLInputElement): void {
    const row = this.row!, value = input.value.trim(), column = this.column;
    if (/^[.,]/.test(value) && this.advanced && column > 0) {          // 8,5: the 8 had gone on by itself
      input.value = row.typed[column];
      this.advanced = false;
      this.go(this.table.here, column - 1);
      this.put(row, column - 1, row.typed[column - 1] + value);
      const box = document.activeElement as HTMLInputElement;
      box.setSelectionRange?.(box.value.length, box.value.length);
      return;
    }
    this.advanced = false;
    if (/[^\d.,\s]/.test(value)) {
      input.value = row.typed[column];
      input.select();
      this.tell(`Ô điểm chỉ nhận số từ 0 đến ${this.rule.most[column]}.`);
      return;
    }
    const most = this.rule.most[column], before = value.slice(0, -1);
    if (/^\d{2,}$/.test(value) && Number(value) > most && Number(before) <= most && !isWhole(before, most)) {
      this.put(row, column, before);                                   // of 17: 1 here, the other digit in the next box
      this.advance();
      const next = document.activeElement;
      if (column < this.count - 1 && next instanceof HTMLInputElement) {
        next.value = value[value.length - 1];
        this.typed(next);
      }
      return;
    }
    this.put(row, column, value);
    if (isWhole(value, most))
      this.advance();
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.row || !text.trim())
      return;
    event.preventDefault();
    const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').map(line => line.split('\t'));
    const wrong = lines.flatMap((line, r) => line.flatMap((one, c) => /^\s*(\d{1,3}([.,]\d*)?)?\s*$/.test(one) ? [] : [`dòng ${r + 1} cột ${c + 1} là “${one.trim().slice(0, 20)}”`]));
    if (wrong.length) {
      this.tell(`Chưa dán gì: ${wrong[0]}${wrong.length > 1 ? ` và ${wrong.length - 1} ô nữa` : ''} không phải điểm. Chọn lại vùng chỉ có điểm rồi dán.`);
      return;
    }
    this.fill(lines);
  }

  private fill(lines: string[][]): void {
    const targets = lines.map((line, i) => ({ line, row: this.visible[this.table.here + i] }));
    const taken = targets.filter(({ row }) => row && this.canWrite(row));
    const wide = lines.some(line => line.length > this.count - this.column);
    this.remember(taken.map(({ row }) => row));
    for (const { line, row } of taken) {
      line.slice(0, this.count - this.column).forEach((one, i) => { if (one.trim()) row.typed[this.column + i] = one.trim().replace(/[.,]0*$/, ''); });
      row.status = 'dirty';
      row.proposed = false;
      this.changed(row);
      this.save(row, false);
    }
    const doubtful = taken.filter(({ row }) => row.status === 'fault').length, left = lines.length - taken.length;
    this.tell(`Đã dán ${taken.length} hàng${doubtful ? `, ${doubtful} hàng có điểm lẻ hoặc sai cần xem` : ''}` +
      `${left ? `; ${left} hàng không nhận được (hết danh sách, hoặc phiếu không sửa được)` : ''}${wide ? '; các cột thừa bên phải không dán' : ''}. Ctrl + Z hoàn lại.`);
    this.focus();
  }

  // ---- last year's, as a proposal ----

  private propose(rows: Row[]): void {
    const some = rows.filter(row => this.canWrite(row) && row.isEmpty() && row.hasLast());
    if (!some.length) {
      this.tell(rows.length === 1 ? 'Hàng này đã có điểm, hoặc năm trước chưa chấm đủ.' : 'Không có hàng trống nào mà năm trước đã chấm đủ.');
      return;
    }
    this.remember(some);
    for (const row of some) {
      row.typed = row.lastTexts();
      row.proposed = true;
      row.status = 'proposed';
      this.changed(row);
    }
    this.tell(`Đề nghị ${some.length} hàng như năm trước, chưa lưu. Hỏi lại từng người, đúng thì bấm Enter ở hàng đó.`);
    this.focus();
  }

  // ---- saved, confirmed, dropped, undone ----

  private help(): { helper: string; consent: string } {
    const value = (id: string) => (document.getElementById(id) as HTMLInputElement | null)?.value.trim() ?? '';
    return { helper: value('helper'), consent: value('consent') };
  }

  private needsReason(row: Row): boolean {
    return this.mode === 'xet' && row.changes().length > 0 && row.reason.trim().length < REASON_MIN;
  }

  // asked: by Enter or the button; else the row was only left. True when nothing holds the row back.
  private save(row: Row, asked: boolean): boolean {
    const { helper, consent } = this.help();
    if (!this.canWrite(row) || row.status === 'conflict')
      return row.status !== 'conflict';
    if (this.sender.waiting.has(row) && row.status !== 'dirty')
      return true;                         // it goes by itself when line or session are back
    if (!row.isChanged() && !(asked && (row.proposed || (this.mode === 'xet' && row.wire.state === 'submitted')))) {
      if (row.status !== 'saved' && row.status !== 'saving')
        row.status = '';
    } else if (row.faults().length || (this.mode === 'xet' && row.scores().includes(null)))
      row.status = 'fault';
    else if (row.proposed && !asked)
      row.status = 'proposed';
    else if (this.needsReason(row))
      row.status = 'reason';
    else if (this.mode === 'tu-cham' && !row.wire.named && (!helper || !consent))
      row.status = 'help';
    else
      this.sender.send(row);
    this.changed(row);
    return !['fault', 'reason', 'help'].includes(row.status);
  }

  private confirm(): void {
    const row = this.row!, index = this.table.here;
    if (this.sender.waiting.has(row)) {
      this.sender.retry();
      this.go(index + 1, this.column);
    } else if (this.save(row, true))
      this.go(index + 1, this.mode === 'xet' ? this.column : 0);
    else if (row.status === 'reason')
      this.find<HTMLInputElement>('[data-reason]').focus();
    else if (row.status === 'help')
      document.getElementById(this.help().helper ? 'consent' : 'helper')?.focus();
    else if (row.status === 'conflict')
      this.find('[data-mine]').focus();
    else if (row.status === 'fault')
      this.go(index, Math.max(0, row.typed.findIndex((text, i) => read(text, this.rule.most[i]).fault || (this.mode === 'xet' && !text))));
  }

  private drop(): void {
    const row = this.row!;
    if (!row.isChanged() && !row.proposed)
      return;
    this.remember([row]);
    row.take(row.wire);
    row.status = '';
    this.changed(row);
    this.tell('Đã bỏ các sửa chưa lưu của hàng này.');
    this.focus();
  }

  private undo(): void {
    const step = this.undos.pop();
    if (!step) {
      this.tell('Không còn gì để hoàn lại.');
      return;
    }
    for (const { row, typed, reason, proposed } of step.before) {
      row.typed = [...typed];
      row.reason = reason;
      row.proposed = proposed;
      row.status = proposed ? 'proposed' : row.isChanged() ? 'dirty' : '';
      if (row.isChanged() && !proposed) {
        if (this.needsReason(row))
          row.reason = UNDONE;
        this.save(row, false);
      }
      this.changed(row);
    }
    const index = this.visible.indexOf(step.before[0].row);
    if (index >= 0)
      this.go(index, index === this.table.here ? this.column : 0);
    this.tell(step.before.length > 1 ? `Đã hoàn lại ${step.before.length} hàng.` : `Đã hoàn lại ở hàng của ${step.before[0].row.wire.name}.`);
  }

  private choose(mine: boolean): void {
    const row = this.row!, theirs = row.theirs;
    if (!theirs)
      return;
    this.remember([row]);
    if (mine) {
      row.wire = theirs.row;
      row.theirs = undefined;
      row.status = 'dirty';
      this.save(row, true);
    } else {
      row.take(theirs.row);
      row.status = '';
    }
    this.table.redo(row);
    this.changed(row);
    this.focus();
  }

  // ---- what is said ----

  private changed(row: Row): void {
    this.table.refresh(row);
    if (row === this.row) {
      if (!this.canWrite(row) === !!this.table.element(row)?.querySelector('input'))
        this.table.redo(row);              // it may no longer be written, or may again
      this.bar();
    }
    this.store();
  }

  private tell(text: string): void {
    this.note = text;
    this.say(text);
  }
  private say(text: string): void {
    const place = this.find('[data-say]');
    if (place.textContent !== text)
      place.textContent = text;
  }

  private words(row: Row): string {
    if (row.theirs) {
      const now = new Row(row.theirs.row, this.mode, this.rule);
      const what = now.typed.flatMap((text, i) => text === row.typed[i] ? [] : [`chỉ số ${i + 1}: đã lưu ${text || 'trống'}, bạn gõ ${row.typed[i] || 'trống'}`]);
      return `${row.theirs.by} vừa sửa hàng này${row.theirs.at ? ` lúc ${row.theirs.at}` : ''}. ${what.join('; ')}. Chọn một bản.`;
    }
    if (!this.canWrite(row))
      return this.root.dataset.closed || row.whyNot();
    if (row.faults().length)
      return row.faults().join(' ');
    if (row.status === 'offline')
      return 'Chưa lưu: mất mạng. Điểm còn trên màn hình này, có mạng sẽ tự lưu lại.';
    if (row.status === 'ended')
      return 'Hết phiên làm việc. Mở thẻ khác để đăng nhập lại rồi trở về đây: điểm vừa gõ vẫn còn và tự lưu.';
    if (row.status === 'help')
      return 'Chưa lưu: ghi ai nhập hộ và những người này đồng ý thế nào, ở hai ô phía trên lưới.';
    if (row.say)
      return row.say;
    if (row.proposed)
      return `Điểm năm trước, chưa lưu. Hỏi lại ${row.wire.name}, đúng thì bấm Enter.`;
    if (this.mode === 'xet' && row.changes().length)
      return `${row.changes().join('; ')}. Vì sao?`;
    if (this.mode === 'xet' && row.scores().includes(null))
      return 'Còn ô trống: điểm xét cần đủ mọi chỉ số.';
    const { text } = row.verdict();
    return text[0] + text.slice(1);
  }

  private bar(): void {
    const row = this.row, reason = this.find<HTMLInputElement>('[data-reason]'), conflict = !!row?.theirs;
    if (!row)
      return;
    this.find('[data-who]').textContent = `Hàng ${this.table.here + 1}, ${row.wire.name}`;
    this.say(this.note || this.words(row));
    reason.parentElement!.hidden = this.mode !== 'xet' || !this.canWrite(row) || !row.changes().length;
    if (reason.value !== row.reason)
      reason.value = row.reason;
    this.find('[data-save]').textContent = ['offline', 'ended', 'error'].includes(row.status) ? 'Lưu lại'
      : this.mode === 'xet' && row.wire.state === 'submitted' && !row.changes().length ? `Đồng ý hàng ${this.table.here + 1}` : `Lưu hàng ${this.table.here + 1}`;
    this.find('[data-save]').hidden = conflict || !this.canWrite(row);
    this.find('[data-mine]').hidden = this.find('[data-theirs]').hidden = !conflict;
  }

  // ---- listening ----

  private listen(): void {
    const table = this.table.table, on = (which: string, run: () => void) => this.root.querySelector(which)?.addEventListener('click', run);
    const box = (event: Event) => event.target instanceof HTMLInputElement && table.contains(event.target) ? event.target : null;
    this.root.addEventListener('keydown', () => { this.note = ''; }, true);
    this.root.addEventListener('mousedown', () => { this.note = ''; }, true);
    table.addEventListener('keydown', event => this.keys(event));
    table.addEventListener('input', event => { const input = box(event); if (input && !(event as InputEvent).isComposing) this.typed(input); });
    table.addEventListener('compositionend', event => { const input = box(event); if (input) this.typed(input); });
    table.addEventListener('paste', event => this.paste(event));
    table.addEventListener('focusin', event => this.came(event));
    table.addEventListener('mousedown', event => this.pressed(event));
    this.listenToReason();
    on('[data-save]', () => this.row && this.confirm());
    on('[data-undo]', () => this.undo());
    on('[data-mine]', () => this.choose(true));
    on('[data-theirs]', () => this.choose(false));
    on('[data-propose]', () => this.row && this.propose([this.row]));
    on('[data-propose-all]', () => this.propose(this.visible));
    this.find('#tim').addEventListener('input', () => this.filter());
    this.find('#loc').addEventListener('change', () => this.filter());
    window.addEventListener('pagehide', () => this.storeNow());
    window.addEventListener('beforeunload', event => { if (this.rows.some(row => row.isUnsaved() && !row.proposed)) event.preventDefault(); });
    for (const id of ['helper', 'consent'])
      this.listenToHelp(document.getElementById(id) as HTMLInputElement | null);
  }

  private listenToReason(): void {
    const reason = this.find<HTMLInputElement>('[data-reason]');
    reason.addEventListener('input', () => { if (this.row) { this.row.reason = reason.value; this.store(); } });
    reason.addEventListener('keydown', event => {
      if (isComposing(event) || !this.row || !['Enter', 'Escape'].includes(event.key))
        return;
      event.preventDefault();
      if (event.key === 'Enter')
        this.confirm();
      else
        this.focus();
    });
  }

  // Who helped is typed once; rows that waited for it go.
  private listenToHelp(input: HTMLInputElement | null): void {
    if (!input)
      return;
    input.value ||= sessionStorage.getItem(`${this.keep}/${input.id}`) ?? '';
    input.addEventListener('input', () => sessionStorage.setItem(`${this.keep}/${input.id}`, input.value));
    input.addEventListener('change', () => this.rows.filter(row => row.status === 'help').forEach(row => this.save(row, false)));
  }

  private came(event: FocusEvent): void {
    const td = (event.target as Element).closest<HTMLElement>('td[data-column]');
    if (!td)
      return;
    this.column = Number(td.dataset.column);
    if (event.target instanceof HTMLInputElement)
      event.target.select();
  }

  private pressed(event: MouseEvent): void {
    const td = (event.target as Element).closest<HTMLElement>('td[data-column]'), tr = td?.closest('tr');
    if (!td || !tr)
      return;
    event.preventDefault();
    this.advanced = false;
    this.go(Number(tr.getAttribute('aria-rowindex')) - 3, Number(td.dataset.column));
  }
}

// On a window too narrow for the columns the plain form stays: a row there is a paragraph, and is typed with a thumb (_grid.scss).
const root = document.querySelector<HTMLElement>('[data-grid]');
const plain = document.querySelector<HTMLElement>('[data-grid-plain]');
const least = root?.querySelector('.grid.is-many') ? '75em' : '48em';
if (root && plain && window.matchMedia(`(min-width: ${least})`).matches && !document.querySelector('.govuk-error-summary')) {
  const help = plain.querySelector('[data-help]');
  if (help)
    root.prepend(help);
  plain.remove();
  root.hidden = false;
  new Grid(root).load();
}
