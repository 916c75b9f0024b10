// [data-tally]: the sum, the strip and the pass rule follow while a person scores. Contract with the pages:
//
//   <aside class="tally" data-tally data-pass-sum="80" data-pass-each="5">
//     … <b data-sum>23</b> … <ol class="strip"> (parts/strip) … <span data-verdict>…</span>
//   inputs: data-indicator="4" on a radio or a text field of that indicator, anywhere on the page
//
// data-self on a box of the strip is the person's own score: another one shows as changed. The server has the last word.
interface Rule { sum: number; each: number }

const boxes = (tally: Element) => [...tally.querySelectorAll<HTMLElement>('.strip li')];
const scoreOf = (box: HTMLElement) => box.dataset.score ? Number(box.dataset.score) : null;

function scoreTyped(text: string): number | null {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) <= 100 ? Number(text) : null;
}

function show(box: HTMLElement, score: number | null, rule: Rule): void {
  const self = box.dataset.self ? Number(box.dataset.self) : null;
  const changed = score !== null && self !== null && self !== score;
  const value = box.querySelector<HTMLElement>('[data-value]');
  const note = box.querySelector<HTMLElement>('[data-note]');
  box.dataset.score = score === null ? '' : String(score);
  box.classList.toggle('is-empty', score === null);
  box.classList.toggle('is-low', score !== null && score < rule.each);
  box.classList.toggle('is-changed', changed);
  if (value) {
    value.textContent = score === null ? '·' : String(score);
    value.toggleAttribute('aria-hidden', false);
    if (score === null)
      value.setAttribute('aria-hidden', 'true');
  }
  if (note)
    note.textContent = score === null ? 'chưa chấm' : changed ? ` (tự chấm ${self})` : '';
}

// The words of html/control.c.
export function verdict(scores: (number | null)[], rule: Rule): string {
  const missing = scores.filter(score => score === null).length;
  const sum = scores.reduce<number>((a, b) => a + (b ?? 0), 0);
  const low = scores.flatMap((score, i) => score !== null && score < rule.each ? [i + 1] : []);
  const lack: string[] = [];
  if (missing === scores.length)
    return 'Chưa chấm';
  if (missing)
    return `Còn ${missing} chỉ số`;
  if (sum < rule.sum)
    lack.push(`thiếu ${rule.sum - sum} điểm`);
  if (low.length)
    lack.push(`chỉ số ${low.join(', ')} dưới ${rule.each}`);
  const text = lack.join(', ') || 'đạt';
  return text[0].toUpperCase() + text.slice(1);
}

function refresh(tally: HTMLElement, rule: Rule): void {
  const scores = boxes(tally).map(scoreOf);
  const put = (which: string, text: string) => tally.querySelectorAll(which).forEach(place => { place.textContent = text; });
  put('[data-sum]', String(scores.reduce<number>((a, b) => a + (b ?? 0), 0)));
  put('[data-verdict]', verdict(scores, rule));
}

export function tally(root: ParentNode): void {
  for (const aside of root.querySelectorAll<HTMLElement>('[data-tally]:not([data-live])')) {
    const rule = { sum: Number(aside.dataset.passSum), each: Number(aside.dataset.passEach) };
    aside.dataset.live = '';
    document.addEventListener('input', event => {
      const input = event.target as HTMLInputElement;
      const box = boxes(aside)[Number(input.dataset?.indicator) - 1];
      if (!box || (input.type === 'radio' && !input.checked))
        return;
      show(box, scoreTyped(input.value), rule);
      refresh(aside, rule);
    });
  }
}
