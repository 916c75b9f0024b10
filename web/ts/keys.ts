// A queue and its sheets by keyboard. The pages work without: links and boxes stand in order, browsers know their accesskeys.
//
//   <table data-rows>       inside it ↓ or J, ↑ or K go from row to row (the first link of each), Home and End to the ends;
//                           Enter opens, as any link
//   <form data-scores>      ↓ and ↑ go from score to score (input[data-indicator]), whose text is selected so that a figure
//                           replaces it; Ctrl + Enter presses the form's own button, from any of its boxes
//
// No single key does anything outside the list or a score: who dictates or types elsewhere is never carried away. A key that
// belongs to an input method is never ours.
const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -Infinity, End: Infinity };

const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;
const hasModifier = (event: KeyboardEvent) => event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;

function go(event: KeyboardEvent, places: HTMLElement[], step: number): void {
  const here = places.indexOf(event.target as HTMLElement);
  const next = places[Math.min(Math.max(here + step, 0), places.length - 1)];
  if (here < 0)
    return;
  event.preventDefault();
  next.focus();
}

function rows(table: HTMLElement): void {
  table.addEventListener('keydown', event => {
    const step = STEPS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (step && !isComposing(event) && !hasModifier(event))
      go(event, [...table.querySelectorAll<HTMLElement>('tbody th a')], step);
  });
}

function scores(form: HTMLFormElement): void {
  const boxes = () => [...form.querySelectorAll<HTMLInputElement>('input[data-indicator]')];
  form.addEventListener('keydown', event => {
    if (isComposing(event))
      return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>('button[type="submit"]'));
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !hasModifier(event))
      go(event, boxes(), STEPS[event.key]);
  });
  form.addEventListener('focusin', event => {
    if (boxes().includes(event.target as HTMLInputElement))
      (event.target as HTMLInputElement).select();
  });
  form.addEventListener('input', event => {
    const box = event.target as HTMLInputElement;
    if (box.dataset.self !== undefined)
      box.classList.toggle('is-changed', box.value.trim() !== box.dataset.self);
  });
}

export function keys(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLElement>('table[data-rows]:not([data-keyed])')) {
    table.dataset.keyed = '';
    rows(table);
  }
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-scores]:not([data-keyed])')) {
    form.dataset.keyed = '';
    scores(form);
  }
}
