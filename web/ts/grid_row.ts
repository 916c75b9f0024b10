// A row of the grid: what is stored, what is typed over it, and what may be said of it. No page here, so that it can be read alone.
import { verdict } from './tally';

export type Mode = 'tu-cham' | 'xet';
export type Score = number | null;
// As the server tells it (src/title/grid/grid_rows_http.c).
export interface Wire {
  id: number; version: number; name: string; year: number; state: string; word: string;
  self: Score[]; agreed: Score[]; last: Score[]; named: boolean; own: boolean;
}
// most: what each indicator is scored to, in the order of the columns; its length is how many there are.
export interface Rule { sum: number; each: number; most: number[] }
export type Status = '' | 'dirty' | 'proposed' | 'fault' | 'reason' | 'help' | 'saving' | 'saved' | 'error' | 'offline' | 'ended' | 'conflict';

export const REASON_MIN = 10;
const WORDS: Record<Status, string> = {
  '': '', dirty: 'Chưa lưu', proposed: 'Đề nghị', fault: 'Cần sửa', reason: 'Cần lý do', help: 'Cần ghi ai nhập', saving: 'Đang lưu',
  saved: 'Đã lưu', error: 'Lỗi, chưa lưu', offline: 'Mất mạng', ended: 'Hết phiên', conflict: 'Có bản khác',
};

// One box as typed. A half point is doubtful: it is told, never rounded. 8,0 is 8.
export function read(text: string, most: number): { score: Score; fault: string } {
  const plain = text.trim().replace(/[.,]0+$/, '');
  if (plain === '')
    return { score: null, fault: '' };
  if (/^\d{1,3}$/.test(plain) && Number(plain) <= most)
    return { score: Number(plain), fault: '' };
  return { score: null, fault: /^\d{1,3}[.,]\d*$/.test(plain) ? `${text} là điểm lẻ, chỉ nhận điểm tròn: xem lại phiếu rồi ghi số nguyên`
    : `${text} không phải điểm từ 0 đến ${most}` };
}

// Digits after which another one cannot be meant: 8 of 0 to 10, not 1; 25 of 0 to 100, not 2.
export function isWhole(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= most && (text[0] === '0' || Number(text) * 10 > most);
}

const texts = (scores: Score[], n: number) => Array.from({ length: n }, (_, i) => scores[i] == null ? '' : String(scores[i]));

export class Row {
  typed: string[];
  reason = '';
  proposed = false;
  status: Status = '';
  at = '';                     // when it was saved, "14:36"
  say = '';                    // what the server said was wrong
  theirs?: { row: Wire; by: string; at: string };
  sending = false;
  again = false;

  constructor(public wire: Wire, readonly mode: Mode, readonly rule: Rule) {
    this.typed = this.storedTexts();
  }

  // What stands on the server for this mode.
  stored(): Score[] {
    return this.mode === 'xet' && this.wire.agreed.length ? this.wire.agreed : this.wire.self;
  }
  storedTexts(): string[] { return texts(this.stored(), this.rule.most.length); }
  lastTexts(): string[] { return texts(this.wire.last, this.rule.most.length); }
  scores(): Score[] { return this.typed.map((text, i) => read(text, this.rule.most[i]).score); }
  isChanged(): boolean { return this.storedTexts().some((text, i) => text !== this.typed[i].trim()); }
  isEmpty(): boolean { return this.typed.every(text => text === ''); }
  hasLast(): boolean { return this.wire.last.length === this.rule.most.length && this.wire.last.every(score => score !== null); }
  isAsLast(): boolean { return this.hasLast() && this.lastTexts().every((text, i) => text === this.typed[i]); }

  isWritable(): boolean {
    return this.mode === 'xet' ? ['submitted', 'reviewed'].includes(this.wire.state) && !this.wire.own
      : ['none', 'registered', 'draft', 'returned'].includes(this.wire.state);
  }
  whyNot(): string {
    if (this.mode === 'xet' && this.wire.own)
      return 'Không ai xét phiếu của chính mình: cấp trên xét phiếu này.';
    return `Phiếu đang ở bước “${this.wire.word}”, ${this.mode === 'xet' ? 'chưa xét được' : 'không sửa điểm tự chấm được nữa'}.`;
  }
  faults(): string[] {
    return this.typed.flatMap((text, i) => { const { fault } = read(text, this.rule.most[i]); return fault ? [`Chỉ số ${i + 1}: ${fault}.`] : []; });
  }
  // Where the agreed score is another than the one before: these need the row's reason.
  changes(): string[] {
    const before = this.stored();
    return this.scores().flatMap((score, i) => score !== null && score !== (before[i] ?? null) ? [`Chỉ số ${i + 1}: ${before[i] ?? 'trống'} → ${score}`] : []);
  }
  sum(): string {
    const scores = this.scores();
    return scores.every(score => score === null) ? '–' : String(scores.reduce<number>((a, b) => a + (b ?? 0), 0));
  }
  verdict(): { text: string; css: string } {
    const scores = this.scores(), text = this.faults().length ? 'Có ô cần sửa' : verdict(scores, this.rule);
    return { text, css: text === 'Đạt' ? 'pass' : scores.includes(null) ? 'wait' : 'fail' };
  }
  word(): string { return this.status === 'saved' && this.at ? `Đã lưu ${this.at}` : WORDS[this.status]; }
  isUnsaved(): boolean { return !['', 'saved'].includes(this.status); }

  // The server's row, over which nothing newer is typed.
  take(wire: Wire): void {
    this.wire = wire;
    this.typed = this.storedTexts();
    this.reason = '';
    this.proposed = false;
    this.theirs = undefined;
    this.say = '';
  }
}
