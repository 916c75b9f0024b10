// Rows on their way to the server and back: at most six at once, each row one after the other. A row that could not be sent keeps
// what was typed and is sent again when the line or the session is back. Nothing of the page here.
import { Row, Wire } from './grid_row';

const AT_ONCE = 6, AGAIN_MS = 8000;
interface Answer { row: Wire; at: string; by?: string; problems: { field: string; text: string }[] }

export class Sender {
  private queue: Row[] = [];
  private under = 0;
  private timer = 0;

  constructor(private readonly rows: string, private readonly round: string, private token: string,
    private readonly help: () => { helper: string; consent: string }, private readonly changed: (row: Row) => void) {
    window.addEventListener('online', () => this.retry());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.retry(); });
  }

  send(row: Row): void {
    if (row.sending || this.queue.includes(row)) {
      row.again = row.sending;
      return;
    }
    this.waiting.delete(row);
    row.status = 'saving';
    this.changed(row);
    this.queue.push(row);
    this.pump();
  }

  // Those that wait for a line or a session; asked again after a while, when the window is looked at, and by the button.
  readonly waiting = new Set<Row>();
  async retry(): Promise<void> {
    const rows = [...this.waiting];
    if (!rows.length || !await this.renew(rows[0]))
      return;
    this.waiting.clear();
    rows.forEach(row => this.send(row));
  }

  // A page of rows after a person (0: the first), and with it a token of the session as it is now. null: the session has ended.
  async page(after: number): Promise<{ rows: Wire[]; next: number } | null> {
    const answer = await fetch(after ? `${this.rows}?sau=${after}` : this.rows, { headers: this.headers(), redirect: 'manual' });
    if (!answer.ok || answer.headers.has('HX-Redirect'))
      return null;
    const { token, rows, next } = await answer.json();
    this.token = token;
    return { rows, next };
  }

  private headers(): Record<string, string> { return { Accept: 'application/json', 'HX-Request': 'true' }; }

  private async renew(row: Row): Promise<boolean> {
    try { return await this.page(row.wire.id) !== null; } catch { return false; }
  }

  private pump(): void {
    while (this.under < AT_ONCE && this.queue.length) {
      const row = this.queue.shift()!;
      this.under++;
      row.sending = true;
      this.post(row, true).catch(() => this.wait(row, 'offline')).then(() => {
        this.under--;
        row.sending = false;
        this.changed(row);
        const again = row.again && row.isChanged() && row.status !== 'conflict';
        row.again = false;
        if (again)
          this.send(row);
        this.pump();
      });
    }
  }

  private wait(row: Row, status: 'offline' | 'ended' | 'error'): void {
    row.status = status;
    this.waiting.add(row);
    window.clearTimeout(this.timer);
    if (status !== 'ended')
      this.timer = window.setTimeout(() => this.retry(), AGAIN_MS);
  }

  private body(row: Row): URLSearchParams {
    const body = new URLSearchParams({ token: this.token, version: String(row.wire.version) });
    row.scores().forEach((score, i) => { if (score !== null) body.set(`score_${i + 1}`, String(score)); });
    if (row.mode === 'xet') {
      body.set('reason', row.reason.trim());
      return body;
    }
    if (!row.wire.named) {
      const { helper, consent } = this.help();
      body.set('helper', helper);
      body.set('consent', consent);
    }
    if (row.proposed && row.isAsLast())
      body.set('nhu', '1');
    return body;
  }

  private async post(row: Row, first: boolean): Promise<void> {
    const sent = [...row.typed];
    const answer = await fetch(`/luoi/${row.wire.id}/${this.round}/${row.mode}`, { method: 'POST', headers: this.headers(), body: this.body(row), redirect: 'manual' });
    const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
    if (answer.status === 401 || answer.headers.has('HX-Redirect'))
      return this.wait(row, 'ended');
    if (answer.status === 403 && first) {        // signed in again elsewhere: the page's token is of the session before
      if (await this.renew(row))
        return this.post(row, false);
      return this.wait(row, 'ended');
    }
    if (answer.status >= 500) {
      row.say = 'Máy chủ đang bận, sẽ tự gửi lại.';
      return this.wait(row, 'error');
    }
    if (!isJson) {
      row.say = answer.status === 403 ? 'Không còn quyền ghi hàng này.' : 'Không tìm thấy người này trong đợt.';
      row.status = 'error';
      return;
    }
    this.settle(row, sent, answer.status, await answer.json());
  }

  private settle(row: Row, sent: string[], status: number, answer: Answer): void {
    const newer = row.typed.some((text, i) => text !== sent[i]);
    row.theirs = undefined;
    row.say = '';
    if (status === 422) {
      row.status = 'error';
      row.say = answer.problems.map(problem => problem.text).join(' ');
      return;
    }
    if (status === 409) {
      const now = new Row(answer.row, row.mode, row.rule);
      if (sent.some((text, i) => text !== now.typed[i])) {
        row.status = 'conflict';
        row.theirs = { row: answer.row, by: answer.by || 'Người khác', at: answer.at };
        return;
      }
    }
    row.at = answer.at;
    if (newer) {
      row.wire = answer.row;
      row.status = 'dirty';
      row.again = true;
    } else {
      row.take(answer.row);
      row.status = 'saved';
    }
  }
}
